<?cs #
	Form.csrf, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/settings/certificate"><?cs call:icon("chevron-left") ?><?cs var:Lang.certificate.title ?></a>
			<h1><?cs var:Lang.certificate.own_title ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow" aria-labelledby="s1">
		<?cs call:strip("s1", Lang.certificate.own_strip, "") ?>
		<div class="c-module__body">
			<?cs call:form_open("/settings/certificate/own") ?>
			<?cs call:notice("warn", "", "triangle-alert", "", Lang.certificate.own_text) ?>
			<?cs call:field_pin("pin", Lang.ratify.pin, Lang.ratify.hint) ?>
			<?cs call:form_close(Lang.certificate.own_button, "/settings/certificate") ?>
		</div>
	</section>
</main>
