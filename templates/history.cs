<?cs #
	Page.static,
	Form.field.add.{value,bad}, Form.field.of.{value,bad},
	History.{n,full,on,of,level,first,last,free,bad,title,name,label,medium,several,band,query,url},
	History.{prev,next,before,after,unit,row_name,rows,estimated,gaps,merged},
	History.meter.N.{plate,name,path,key,lacks,without},
	History.by.N.{name,query,here},
	History.col.N.head,
	History.row.N.name, History.row.N.cell.N.{n,note},
	History.foot.N.name, History.foot.N.cell.N.n,
	History.gap.N.says
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"plot.cs" ?>

<?cs def:period_fields() ?>
	<?cs if:#History.free ?>
		<input type="hidden" name="from" value="<?cs var:History.first ?>">
		<input type="hidden" name="to" value="<?cs var:History.last ?>">
	<?cs else ?>
		<input type="hidden" name="at" value="<?cs var:History.first ?>">
	<?cs /if ?>
	<input type="hidden" name="by" value="<?cs var:History.level ?>">
<?cs /def ?>

<?cs # --- what is chosen ?>

<?cs def:meter(m) ?>
	<li class="c-chip">
		<span class="c-curve c-curve--<?cs var:m.key ?>" aria-hidden="true"></span>
		<span class="c-chip__n">
			<a href="<?cs var:m.path ?>"><span class="c-plate"><?cs var:m.plate ?></span> <?cs var:m.name ?></a>
			<?cs if:#m.lacks ?> <span class="u-mute"><?cs var:Lang.history.lacks ?></span><?cs /if ?>
		</span>
		<a class="c-chip__x" href="/history?<?cs var:m.without ?>">
			<?cs call:icon("x") ?>
			<span class="u-hidden"><?cs var:Lang.history.remove ?> <?cs var:m.plate ?></span>
		</a>
	</li>
<?cs /def ?>

<?cs def:quantity_form() ?>
	<form class="c-ask" method="get" action="/history">
		<input type="hidden" name="on" value="<?cs var:History.on ?>">
		<?cs call:period_fields() ?>
		<?cs call:field_select("of", Lang.meter.quantity, "") ?>
		<button class="c-btn" type="submit"><?cs var:Lang.history.show ?></button>
	</form>
<?cs /def ?>

<?cs def:add_form() ?>
	<form class="c-ask" method="get" action="/history">
		<input type="hidden" name="on" value="<?cs var:History.on ?>">
		<?cs if:History.of ?><input type="hidden" name="of" value="<?cs var:History.of ?>"><?cs /if ?>
		<?cs call:period_fields() ?>
		<?cs call:field_select("add", Lang.history.meter, "") ?>
		<button class="c-btn<?cs if:#History.n == #0 ?> c-btn--primary<?cs /if ?>" type="submit">
			<?cs call:icon("plus") ?><?cs var:Lang.history.add ?>
		</button>
	</form>
<?cs /def ?>

<?cs def:date(name, label, value) ?>
	<div class="c-field">
		<label class="c-field__label" for="<?cs var:name ?>"><?cs var:label ?></label>
		<input class="c-input" type="date" id="<?cs var:name ?>" name="<?cs var:name ?>" value="<?cs var:value ?>"
			<?cs if:?History.bad ?> aria-invalid="true" aria-describedby="dates-bad"<?cs /if ?>>
	</div>
<?cs /def ?>

<?cs def:dates_form() ?>
	<form class="c-ask c-ask--dates" method="get" action="/history">
		<input type="hidden" name="on" value="<?cs var:History.on ?>">
		<input type="hidden" name="of" value="<?cs var:History.of ?>">
		<?cs if:?History.bad ?>
			<p class="c-field__error" id="dates-bad">
				<?cs call:icon("octagon-alert") ?><span><?cs var:History.bad ?></span>
			</p>
		<?cs /if ?>
		<?cs call:date("from", Lang.history.from, History.first) ?>
		<?cs call:date("to", Lang.history.to, History.last) ?>
		<button class="c-btn" type="submit"><?cs var:Lang.history.show ?></button>
	</form>
<?cs /def ?>

<?cs def:chosen() ?>
	<section class="c-module" aria-labelledby="h1">
		<?cs call:strip("h1", Lang.history.chosen, "") ?>
		<div class="c-module__body l-stack">
			<?cs if:#History.n > #0 ?>
				<ul class="c-chips">
					<?cs each:m = History.meter ?><?cs call:meter(m) ?><?cs /each ?>
				</ul>
			<?cs else ?>
				<p><?cs var:Lang.history.empty ?></p>
			<?cs /if ?>
			<div class="c-asks u-screen">
				<?cs if:#History.full ?>
					<p class="u-mute"><?cs var:Lang.history.full ?></p>
				<?cs else ?>
					<?cs call:add_form() ?>
				<?cs /if ?>
				<?cs if:#History.n > #0 ?>
					<?cs call:quantity_form() ?>
					<?cs call:dates_form() ?>
				<?cs /if ?>
			</div>
		</div>
	</section>
<?cs /def ?>

<?cs # --- the table and the gaps below the chart ?>

<?cs def:cells(r) ?>
	<?cs each:v = r.cell ?>
		<td class="u-num">
			<?cs if:v.n ?><?cs var:v.n ?><?cs else ?>–<?cs /if ?>
			<?cs if:?v.note ?><small class="c-note"><?cs var:v.note ?></small><?cs /if ?>
		</td>
	<?cs /each ?>
<?cs /def ?>

<?cs def:rows() ?>
	<details class="c-disclose">
		<summary><?cs call:icon("table") ?><?cs var:Lang.meter.table ?></summary>
		<div class="c-scroll" tabindex="0" role="group" aria-label="<?cs var:Lang.history.table ?>">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:History.row_name ?></th>
						<?cs each:l = History.col ?>
							<th scope="col" class="u-num">
								<?cs var:l.head ?><?cs if:History.unit ?>, <?cs var:History.unit ?><?cs /if ?>
							</th>
						<?cs /each ?>
					</tr>
				</thead>
				<tbody>
					<?cs each:r = History.row ?>
						<tr><th scope="row"><?cs var:r.name ?></th><?cs call:cells(r) ?></tr>
					<?cs /each ?>
					<?cs each:r = History.foot ?>
						<tr class="c-table__total"><th scope="row"><?cs var:r.name ?></th><?cs call:cells(r) ?></tr>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
	</details>
<?cs /def ?>

<?cs def:gaps() ?>
	<ul class="c-lines" aria-label="<?cs var:Lang.history.gaps ?>">
		<?cs each:g = History.gap ?><li><?cs var:g.says ?></li><?cs /each ?>
	</ul>
<?cs /def ?>

<?cs def:file(kind, for, name) ?>
	<a class="c-btn<?cs if:kind ?> c-btn--<?cs var:kind ?><?cs /if ?>"
		href="/csv?<?cs var:History.query ?>&amp;for=<?cs var:for ?>">
		<?cs call:icon("file-down") ?>
		<?cs var:name ?>
	</a>
<?cs /def ?>

<?cs def:legend() ?>
	<ul class="c-legend">
		<?cs if:#History.several ?>
			<?cs each:m = History.meter ?>
				<?cs if:!#m.lacks ?>
					<li>
						<span class="c-curve c-curve--<?cs var:m.key ?>" aria-hidden="true"></span>
						<?cs var:m.plate ?> <?cs var:m.name ?>
					</li>
				<?cs /if ?>
			<?cs /each ?>
		<?cs else ?>
			<li>
				<span class="c-key c-key--<?cs var:History.medium ?>"></span>
				<span data-series><?cs var:History.name ?></span>
			</li>
			<?cs if:#History.band ?><?cs call:key("band", Lang.meter.band) ?><?cs /if ?>
		<?cs /if ?>
		<?cs if:#History.gaps > #0 ?><?cs call:key("gap", Lang.history.no_data) ?><?cs /if ?>
		<?cs if:#History.estimated ?><?cs call:key("guess", Lang.meter.estimated) ?><?cs /if ?>
	</ul>
<?cs /def ?>

<?cs def:shown() ?>
	<section class="c-module" aria-labelledby="h2">
		<div class="c-module__strip">
			<h2 id="h2"><?cs var:History.name ?></h2>
			<span class="c-step">
				<?cs if:!#History.free ?><?cs call:step(History.prev, "chevron-left", History.before) ?><?cs /if ?>
				<span class="c-step__t" id="period"><?cs var:History.title ?></span>
				<?cs if:!#History.free ?><?cs call:step(History.next, "chevron-right", History.after) ?><?cs /if ?>
			</span>
		</div>
		<div class="c-module__body l-stack">
			<?cs call:by(History.by, Lang.meter.show_by) ?>
			<?cs call:plot(History.url, History.medium, History.label) ?>
			<div class="c-row">
				<?cs call:legend() ?>
				<?cs call:zooms() ?>
			</div>
			<?cs if:#History.gaps > #0 ?><?cs call:gaps() ?><?cs /if ?>
			<?cs if:#History.rows > #0 ?><?cs call:rows() ?><?cs /if ?>
			<?cs call:merged(History.merged) ?>
			<?cs if:#History.estimated ?>
				<p class="c-module__note"><?cs var:Lang.home.estimated ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main"><h1><?cs var:Lang.history.title ?></h1></div>
		<?cs if:#History.n > #0 ?>
			<div class="c-tools">
				<?cs call:file("", "excel", Lang.meter.csv) ?>
				<?cs call:file("quiet", "programs", Lang.meter.csv_programs) ?>
				<a class="c-btn c-btn--quiet" href="/compare?on=<?cs var:History.meter.0.plate ?>"><?cs var:Lang.compare.title ?></a>
			</div>
		<?cs /if ?>
	</div>
	<div class="l-stack">
		<?cs if:#History.n > #0 ?><?cs call:shown() ?><?cs /if ?>
		<?cs call:chosen() ?>
	</div>
</main>
