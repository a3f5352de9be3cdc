<?cs #
	Download.tick.N.{field,word,plate,name,on},
	Download.device.N.{plate,name,day,month,year,all},
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:ready(path, plate, what) ?>
	<td><?cs if:path ?><a href="<?cs var:path ?>" aria-label="CSV, <?cs var:plate ?>: <?cs var:what ?>">CSV</a><?cs else ?><span class="u-mute">–</span><?cs /if ?></td>
<?cs /def ?>

<?cs # zones and meters to tick; a site with too many has a list instead ?>
<?cs def:ticks() ?>
	<fieldset class="c-field" id="on" tabindex="-1" aria-describedby="on-hint">
		<legend class="c-field__label"><?cs var:Lang.download.on ?></legend>
		<?cs call:field_bad("on") ?>
		<div class="c-ticks">
			<?cs each:t = Download.tick ?>
				<label class="c-choice">
					<input type="checkbox" name="<?cs var:t.field ?>" value="<?cs var:t.word ?>"<?cs if:#t.on ?> checked<?cs /if ?>>
					<span><?cs if:t.plate ?><span class="c-plate"><?cs var:t.plate ?></span> <?cs var:t.name ?><?cs else ?><?cs var:Lang.download.zone ?> <b><?cs var:t.name ?></b><?cs /if ?></span>
				</label>
			<?cs /each ?>
		</div>
		<p class="c-field__hint" id="on-hint"><?cs var:Lang.download.on_hint ?></p>
	</fieldset>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.download.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.download.text ?></p>
		</div>
	</div>
	<div class="l-stack">
		<section class="c-module" aria-labelledby="d1">
			<?cs call:strip("d1", Lang.download.choose, "") ?>
			<div class="c-module__body">
				<form class="c-form c-form--wide" method="post" action="/download" novalidate>
					<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
					<?cs call:form_wrong() ?>
					<?cs if:Download.tick.0.field ?><?cs call:ticks() ?><?cs else ?><?cs call:field_select("on", Lang.download.on, "") ?><?cs /if ?>
					<div class="c-fields">
						<?cs call:field_short("from", Lang.download.from, Lang.download.day_hint) ?>
						<?cs call:field_short("to", Lang.download.to, "") ?>
						<?cs call:field_select("by", Lang.download.by, "") ?>
						<?cs call:field_choice("of", Lang.download.of) ?>
						<?cs call:field_choice("for", Lang.download.for) ?>
						<?cs call:field_choice("pack", Lang.download.pack) ?>
					</div>
				<?cs call:form_close(Lang.download.button, "") ?>
			</div>
		</section>
		<section class="c-module" aria-labelledby="d2">
			<?cs call:strip("d2", Lang.download.ready, "") ?>
			<div class="c-module__body l-stack">
				<p class="u-mute"><?cs var:Lang.download.ready_text ?></p>
				<div class="c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.table ?>, <?cs var:Lang.download.ready ?>">
					<table class="c-table">
						<thead><tr>
							<th scope="col"><?cs var:Lang.download.meter ?></th>
							<th scope="col"><?cs var:Lang.download.col_day ?></th>
							<th scope="col"><?cs var:Lang.download.col_month ?></th>
							<th scope="col"><?cs var:Lang.download.col_year ?></th>
							<th scope="col"><?cs var:Lang.download.col_all ?></th>
						</tr></thead>
						<tbody>
							<?cs each:d = Download.device ?>
								<tr>
									<th scope="row"><?cs var:d.plate ?> <?cs var:d.name ?></th>
									<?cs call:ready(d.day, d.plate, Lang.download.col_day) ?>
									<?cs call:ready(d.month, d.plate, Lang.download.col_month) ?>
									<?cs call:ready(d.year, d.plate, Lang.download.col_year) ?>
									<?cs call:ready(d.all, d.plate, Lang.download.col_all) ?>
								</tr>
							<?cs /each ?>
						</tbody>
					</table>
				</div>
			</div>
		</section>
	</div>
</main>
