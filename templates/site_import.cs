<?cs #
	Import.read, Import.n, Import.text,
	Import.change.N.{kind,name,was,now,does,gone},
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:change(x) ?>
	<li class="c-change<?cs if:#x.gone ?> c-change--gone<?cs /if ?>">
		<p><b><?cs var:x.kind ?><?cs if:x.name ?> <?cs var:x.name ?><?cs /if ?></b> <?cs var:x.does ?></p>
		<?cs if:x.was ?><p class="c-change__was"><del><?cs var:x.was ?></del></p><?cs /if ?>
		<?cs if:x.now ?><p class="c-change__now"><ins><?cs var:x.now ?></ins></p><?cs /if ?>
	</li>
<?cs /def ?>

<?cs # the text goes along, so what is confirmed is what is shown ?>
<?cs def:confirm() ?>
	<form class="c-form c-form--wide" method="post" action="/settings/site/import" enctype="multipart/form-data">
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<input type="hidden" name="sure" value="yes">
		<textarea name="text" hidden aria-hidden="true"><?cs var:Import.text ?></textarea>
		<?cs call:form_wrong() ?>
		<ul class="c-changes"><?cs each:x = Import.change ?><?cs call:change(x) ?><?cs /each ?></ul>
		<p class="c-field__hint"><?cs var:Lang.site.import_keeps ?></p>
		<div class="c-actions">
			<button class="c-btn c-btn--primary" type="submit"><?cs var:Lang.site.import_sure ?></button>
			<a class="c-btn" href="/settings/site"><?cs var:Lang.form.cancel ?></a>
		</div>
	</form>
<?cs /def ?>

<?cs def:upload() ?>
	<?cs call:form_open_files("/settings/site/import") ?>
	<p><?cs var:Lang.site.import_text ?></p>
	<?cs call:field_file("file", Lang.site.import_file, Lang.site.import_hint) ?>
	<?cs call:form_close(Lang.site.import_look, "/settings/site") ?>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/settings/site"><?cs call:icon("chevron-left") ?><?cs var:Lang.settings.site ?></a>
			<h1><?cs var:Lang.site.import ?></h1>
		</div>
	</div>
	<?cs if:#Import.read && #Import.n == #0 ?>
		<?cs call:notice("", "status", "circle-check", "", Lang.site.import_same) ?>
	<?cs /if ?>
	<section class="c-module l-narrow" aria-labelledby="import">
		<?cs if:#Import.n > #0 ?>
			<?cs call:strip("import", Lang.site.import_would, "") ?>
			<div class="c-module__body"><?cs call:confirm() ?></div>
		<?cs else ?>
			<?cs call:strip("import", Lang.site.file, "") ?>
			<div class="c-module__body"><?cs call:upload() ?></div>
		<?cs /if ?>
	</section>
</main>
