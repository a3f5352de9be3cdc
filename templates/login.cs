<?cs # Form.csrf, Form.site, Form.board, Form.lang.N.{code,name,here}, Users.factory, Users.user.N.{value,name,chosen}, Login.wrong, Login.next, Login.done, Page.static ?><?cs include!"icon.cs" ?><?cs include!"door.cs" ?><main class="l-login" id="main">
<div class="c-login">
<div class="c-module">
<div class="c-module__strip"><h1 class="c-login__h"><?cs var:Lang.login.title ?></h1><span class="c-module__note"><?cs var:Form.board ?></span></div>
<form class="c-module__body" method="post" action="/login">
<?cs call:box() ?>
<?cs if:#Login.wrong ?><div class="c-notice c-notice--alarm" role="alert" id="errors" tabindex="-1"><?cs call:icon("octagon-alert") ?><div class="c-notice__b"><h2><?cs var:Lang.login.wrong ?></h2><p><?cs var:Lang.login.wrong_text ?></p></div></div>
<?cs elif:Login.done ?><div class="c-notice" role="status"><?cs call:icon("circle-check") ?><div class="c-notice__b"><p><?cs var:Login.done ?></p></div></div>
<?cs elif:#Users.factory ?><div class="c-notice c-notice--warn"><?cs call:icon("info") ?><div class="c-notice__b"><h2><?cs var:Lang.login.first ?></h2><p><?cs var:Lang.login.first_text ?></p></div></div>
<?cs /if ?><div class="c-field"><label class="c-field__label" for="user"><?cs var:Lang.login.user ?></label><?cs call:users() ?></div>
<div class="c-field"><label class="c-field__label" for="pin">PIN</label>
<div class="c-with"><input class="c-input c-input--pin" id="pin" name="pin" type="password" inputmode="numeric" autocomplete="current-password" maxlength="40" required<?cs if:#Login.wrong ?> aria-invalid="true" aria-describedby="errors"<?cs /if ?>><button class="c-btn c-btn--icon" type="button" data-reveal="pin" aria-pressed="false" hidden><?cs call:icon("eye") ?><span class="u-hidden"><?cs var:Lang.login.show_pin ?></span></button></div></div>
<?cs if:Login.next ?><input type="hidden" name="next" value="<?cs var:Login.next ?>"><?cs /if ?><input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
<button class="c-btn c-btn--primary c-btn--block" type="submit"><?cs var:Lang.login.title ?></button>
<p class="c-field__hint"><a href="/puk"><?cs var:Lang.login.blocked ?></a></p>
</form>
</div>
<?cs call:languages() ?>
</div>
</main>
