<?cs #
	Form.csrf, Form.wrong, Restore.says, Restore.path
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/system"><?cs call:icon("chevron-left") ?><?cs var:Lang.system.title ?></a>
			<h1><?cs var:Lang.restore.title ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow" aria-labelledby="s1">
		<?cs call:strip("s1", Lang.restore.strip, "") ?>
		<div class="c-module__body">
			<?cs call:form_open(Restore.path) ?>
			<?cs call:notice("warn", "", "triangle-alert", Restore.says, Lang.restore.text) ?>
			<?cs call:field_pin("pin", Lang.ratify.pin, Lang.ratify.hint) ?>
			<?cs call:form_close(Lang.restore.button, "/system") ?>
		</div>
	</section>
</main>
