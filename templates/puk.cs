<?cs # Form.csrf, Form.site, Form.board, Puk.wrong, Users.user.N.{value,name,chosen}, Page.static ?><?cs include!"icon.cs" ?><?cs include!"door.cs" ?><main class="l-login" id="main">
<div class="c-login">
<div class="c-module">
<div class="c-module__strip"><h1 class="c-login__h"><?cs var:Lang.puk.title ?></h1><span class="c-module__note"><?cs var:Form.board ?></span></div>
<form class="c-module__body" method="post" action="/puk">
<p><?cs var:Lang.puk.text ?></p>
<?cs if:Puk.wrong ?><?cs call:trouble(Puk.wrong) ?><?cs /if ?>
<div class="c-field"><label class="c-field__label" for="user"><?cs var:Lang.login.user ?></label><?cs call:users() ?></div>
<div class="c-field"><label class="c-field__label" for="puk">PUK</label><p class="c-field__hint" id="puk-hint"><?cs var:Lang.puk.hint ?></p><input class="c-input" id="puk" name="puk" inputmode="numeric" autocomplete="off" maxlength="40" required aria-describedby="puk-hint"></div>
<?cs call:pin("pin", Lang.puk.new_pin, Lang.puk.pin_hint) ?>
<?cs call:pin("again", Lang.puk.again, "") ?>
<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
<button class="c-btn c-btn--primary c-btn--block" type="submit"><?cs var:Lang.puk.button ?></button>
<p class="c-field__hint"><a href="/login"><?cs var:Lang.puk.back ?></a></p>
</form>
</div>
<?cs call:languages() ?>
</div>
</main>
