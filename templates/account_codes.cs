<?cs #
	Page.title,
	Codes.is_puk, Codes.puk,
	Form.csrf, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/account"><?cs call:icon("chevron-left") ?><?cs var:Lang.account.title ?></a>
			<h1><?cs if:#Codes.is_puk ?><?cs var:Lang.account.puk ?><?cs else ?><?cs var:Lang.account.pin ?><?cs /if ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow">
		<div class="c-module__body l-stack">
			<?cs if:?Codes.puk ?>
				<p><?cs var:Lang.account.puk_now ?></p>
				<p class="c-code"><?cs var:Codes.puk ?></p>
				<p><?cs var:Lang.account.once ?></p>
				<div class="c-actions"><a class="c-btn c-btn--primary" href="/account"><?cs var:Lang.account.noted ?></a></div>
			<?cs elif:#Codes.is_puk ?>
				<p><?cs var:Lang.account.puk_text ?></p>
				<?cs call:form_open("/account/puk") ?>
				<?cs call:field_pin("old", Lang.account.old, Lang.account.old_hint) ?>
				<?cs call:form_close(Lang.account.puk_make, "/account") ?>
			<?cs else ?>
				<?cs call:form_open("/account/pin") ?>
				<?cs call:field_pin("old", Lang.account.old, "") ?>
				<?cs call:field_pin_new("pin_new", Lang.puk.new_pin, Lang.account.pin_hint) ?>
				<?cs call:field_pin_new("pin_again", Lang.puk.again, "") ?>
				<?cs call:form_close(Lang.account.pin_save, "/account") ?>
			<?cs /if ?>
		</div>
	</section>
</main>
