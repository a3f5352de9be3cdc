<?cs #
	Form.csrf, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/settings/certificate"><?cs call:icon("chevron-left") ?><?cs var:Lang.certificate.title ?></a>
			<h1><?cs var:Lang.certificate.put_title ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow" aria-labelledby="s1">
		<?cs call:strip("s1", Lang.certificate.put_strip, "") ?>
		<div class="c-module__body">
			<?cs call:form_open_files("/settings/certificate/put") ?>
			<p><?cs var:Lang.certificate.put_text ?></p>
			<?cs call:field_file("file", Lang.certificate.file, "") ?>
			<?cs call:field_lines("text", Lang.certificate.typed, Lang.certificate.typed_hint) ?>
			<?cs call:field_pin("pin", Lang.ratify.pin, Lang.ratify.hint) ?>
			<?cs call:notice("", "", "info", "", Lang.certificate.put_note) ?>
			<?cs call:form_close(Lang.certificate.put_button, "/settings/certificate") ?>
		</div>
	</section>
</main>
