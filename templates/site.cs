<?cs #
	Page.title,
	Form.csrf
?>
<?cs include!"settings.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main"><h1><?cs var:Lang.settings.site ?></h1></div>
	</div>
	<?cs call:form_done() ?>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("site") ?>
		<div class="l-stack">
			<section class="c-module l-narrow" aria-labelledby="site">
				<?cs call:strip("site", Lang.site.heading, "") ?>
				<div class="c-module__body">
					<?cs call:form_open("/settings/site") ?>
					<?cs call:field_text("name", Lang.site.name, Lang.site.name_hint) ?>
					<?cs call:field_short("board", Lang.site.board, Lang.site.board_hint) ?>
					<?cs call:field_list("zone", Lang.site.zone, Lang.site.zone_hint) ?>
					<?cs call:field_number("contract", Lang.site.contract, Lang.site.contract_hint, "kW") ?>
					<?cs call:field_choice("model", Lang.site.model) ?>
					<?cs call:form_close(Lang.site.save, "") ?>
				</div>
			</section>
			<section class="c-module l-narrow" aria-labelledby="file-h">
				<?cs call:strip("file-h", Lang.site.file, "") ?>
				<div class="c-module__body l-stack">
					<p><?cs var:Lang.site.file_text ?></p>
					<div class="c-actions">
						<a class="c-btn" href="/settings/site/file"><?cs call:icon("file-down") ?><?cs var:Lang.site.download ?></a>
						<a class="c-btn" href="/settings/site/import"><?cs var:Lang.site.import ?></a>
					</div>
				</div>
			</section>
		</div>
	</div>
</main>
