<?cs #
	Form.csrf, Form.wrong,
	Upload.{state,says,path}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/system"><?cs call:icon("chevron-left") ?><?cs var:Lang.system.title ?></a>
			<h1><?cs var:Lang.upload.title ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow" aria-labelledby="s1">
		<?cs call:strip("s1", Lang.upload.strip, "") ?>
		<div class="c-module__body l-stack">
			<?cs if:Upload.state == "good" ?>
				<?cs call:notice("", "status", "circle-check", "", Upload.says) ?>
				<p><a class="c-btn c-btn--primary" href="<?cs var:Upload.path ?>"><?cs var:Lang.system.restore ?></a></p>
			<?cs elif:Upload.state == "coming" || Upload.state == "checked" ?>
				<?cs call:notice("", "status", "info", "", Upload.says) ?>
			<?cs /if ?>
			<?cs call:form_open_files("/system/upload/file") ?>
			<p><?cs var:Lang.upload.text ?></p>
			<?cs call:field_file("file", Lang.upload.file, Lang.upload.hint) ?>
			<?cs call:form_close(Lang.upload.button, "/system") ?>
		</div>
	</section>
</main>
