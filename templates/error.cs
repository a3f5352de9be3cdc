<?cs # Error.title, Error.text, Error.status, Page.static ?><?cs include!"icon.cs" ?><main class="l-page l-error" id="main"<?cs if:Error.status == "503" ?> data-again="5"<?cs /if ?>>
<div class="c-module">
<div class="c-module__strip"><h1 class="c-login__h"><?cs var:Error.title ?></h1><span class="c-module__note"><?cs var:Error.status ?></span></div>
<div class="c-module__body l-stack"><p><?cs var:Error.text ?></p>
<p><a class="c-btn c-btn--primary" href="/"><?cs var:Lang.error.home ?></a></p></div>
</div>
</main>
