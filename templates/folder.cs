<?cs #
	Folder.{why,good},
	Form.csrf, Form.done
?>
<?cs include!"settings.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.folder.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.folder.text ?></p>
		</div>
		<a class="c-btn" href="/download"><?cs call:icon("download") ?><?cs var:Lang.download.title ?></a>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("folder") ?>
		<div class="l-stack">
			<?cs call:form_done() ?>
			<?cs if:Folder.why ?><?cs call:notice("alarm", "alert", "octagon-alert", "", Folder.why) ?><?cs /if ?>
			<section class="c-module" aria-labelledby="f1">
				<?cs call:strip("f1", Lang.folder.what, "") ?>
				<div class="c-module__body">
					<?cs call:form_open("/settings/folder") ?>
						<?cs call:field_choice("folder", Lang.folder.write) ?>
						<?cs call:field_choice("folder_minutes", Lang.folder.minutes) ?>
						<?cs call:field_choice("folder_pace", Lang.folder.pace) ?>
						<?cs call:field_choice("csv_format", Lang.folder.format) ?>
						<?cs call:field_number("folder_spare", Lang.folder.spare, Lang.folder.spare_hint, "%") ?>
					<?cs call:form_close(Lang.storage.save, "") ?>
				</div>
			</section>
			<section class="c-module" aria-labelledby="f2">
				<?cs call:strip("f2", Lang.folder.state, "") ?>
				<div class="c-module__body l-stack">
					<p><?cs if:Folder.good ?><?cs var:Folder.good ?><?cs else ?><?cs var:Lang.folder.never ?><?cs /if ?></p>
					<form class="c-inline" method="post" action="/settings/folder">
						<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
						<button class="c-btn" type="submit" name="do" value="test"><?cs var:Lang.folder.test ?></button>
					</form>
				</div>
			</section>
		</div>
	</div>
</main>
