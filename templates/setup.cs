<?cs # Form.csrf, Form.site, Form.board, Setup.wrong, Setup.puk, Page.static ?><?cs include!"icon.cs" ?><?cs include!"door.cs" ?><main class="l-login" id="main">
<div class="c-login">
<div class="c-module">
<div class="c-module__strip"><h1 class="c-login__h"><?cs var:Lang.setup.title ?></h1><span class="c-module__note"><?cs var:Form.board ?></span></div>
<form class="c-module__body" method="post" action="/setup">
<p><?cs var:Lang.setup.text ?></p>
<?cs if:Setup.wrong ?><?cs call:trouble(Setup.wrong) ?><?cs /if ?>
<?cs call:pin("pin", Lang.puk.new_pin, Lang.puk.pin_hint) ?>
<?cs call:pin("again", Lang.puk.again, "") ?>
<div class="c-field"><label class="c-field__label" for="puk"><?cs var:Lang.setup.puk ?></label><p class="c-field__hint" id="puk-hint"><?cs var:Lang.setup.puk_hint ?></p><input class="c-input" id="puk" name="puk" inputmode="numeric" autocomplete="off" maxlength="40" required value="<?cs var:Setup.puk ?>" aria-describedby="puk-hint"></div>
<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
<button class="c-btn c-btn--primary c-btn--block" type="submit"><?cs var:Lang.setup.button ?></button>
</form>
</div>
</div>
</main>
