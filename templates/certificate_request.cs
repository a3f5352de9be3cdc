<?cs #
	Form.csrf, Form.wrong, Certificate.asked
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/settings/certificate"><?cs call:icon("chevron-left") ?><?cs var:Lang.certificate.title ?></a>
			<h1><?cs var:Lang.certificate.request_title ?></h1>
		</div>
	</div>
	<div class="l-stack l-narrow">
		<?cs if:Certificate.asked ?>
			<section class="c-module" aria-labelledby="s1">
				<?cs call:strip("s1", Lang.certificate.request_there, "") ?>
				<div class="c-module__body l-stack">
					<p><?cs var:Lang.certificate.request_waits ?> <b><?cs var:Certificate.asked ?></b></p>
					<div class="c-actions">
						<a class="c-btn c-btn--primary" href="/settings/certificate/request/file"><?cs call:icon("file-down") ?><?cs var:Lang.certificate.request_file ?></a>
						<a class="c-btn" href="/settings/certificate/put"><?cs var:Lang.certificate.put ?></a>
					</div>
				</div>
			</section>
		<?cs /if ?>
		<section class="c-module" aria-labelledby="s2">
			<?cs call:strip("s2", Lang.certificate.request_new, "") ?>
			<div class="c-module__body">
				<?cs call:form_open("/settings/certificate/request") ?>
				<p><?cs var:Lang.certificate.request_text ?></p>
				<?cs if:Certificate.asked ?><?cs call:notice("warn", "", "triangle-alert", "", Lang.certificate.request_again) ?><?cs /if ?>
				<?cs call:field_text("names", Lang.certificate.request_names, Lang.certificate.request_hint) ?>
				<?cs call:field_pin("pin", Lang.ratify.pin, Lang.ratify.hint) ?>
				<?cs call:form_close(Lang.certificate.request_button, "/settings/certificate") ?>
			</div>
		</section>
	</div>
</main>
