<?cs #
	Meter.{plate,name,breaker,address,state,says,medium,about,every,value,mean,hour,quality},
	Meter.now.{at,n},
	Meter.now.row.N.{name,unit,of},
	Meter.now.row.N.cell.N.{n,live,system},
	Meter.now.single.N.{name,value,live},
	Meter.counters.n,
	Meter.counters.counter.N.{name,n,u},
	Meter.history.{title,url,label,name,band,prev,next,before,after,csv},
	Meter.history.{sum_unit,level_unit,has_sum,has_level,has_mean,row_name,rows,whole,high,low},
	Meter.history.{merged,merged_sums,merged_levels},
	Meter.history.by.N.{name,query,here},
	Meter.history.amend, Meter.history.row.N.{name,sum,mean,low,high,note,correct},
	Meter.amend, Meter.waits.jumps, Meter.waits.jump.N.{name,energy,href}
?>
<?cs include!"layout.cs" ?>
<?cs include!"plot.cs" ?>

<?cs # the same history as a file; kind is "" or a c-btn-- ?>
<?cs def:file(kind, for, name) ?>
	<a class="c-btn<?cs if:kind ?> c-btn--<?cs var:kind ?><?cs /if ?>"
		href="/csv/<?cs var:Meter.address ?>?<?cs var:Meter.history.csv ?>&amp;for=<?cs var:for ?>">
		<?cs call:icon("file-down") ?>
		<?cs var:name ?>
	</a>
<?cs /def ?>

<?cs # --- now: by phase, or what pulses tell ?>

<?cs def:now_row(r) ?>
	<tr>
		<th scope="row">
			<a href="?of=<?cs var:r.of ?>&amp;at=<?cs var:Meter.now.at ?>"><?cs var:r.name ?></a>
			<span class="c-table__unit"><?cs var:r.unit ?></span>
		</th>
		<?cs each:v = r.cell ?>
			<td class="u-num<?cs if:#v.system ?> k-system<?cs /if ?>"
				<?cs if:?v.live ?> data-live="<?cs var:v.live ?>"<?cs /if ?>><?cs var:v.n ?></td>
		<?cs /each ?>
	</tr>
<?cs /def ?>

<?cs def:now() ?>
	<section class="c-module" aria-labelledby="d1">
		<?cs call:strip("d1", Lang.meter.now, Meter.every) ?>
		<div class="c-module__body c-module__body--flush">
			<div class="c-scroll" tabindex="0" role="group" aria-labelledby="d1">
				<table class="c-table c-table--now">
					<thead>
						<tr>
							<th scope="col"><span class="u-hidden"><?cs var:Lang.meter.quantity ?></span></th>
							<th scope="col" class="u-num"><span class="c-phase">L1</span></th>
							<th scope="col" class="u-num"><span class="c-phase c-phase--2">L2</span></th>
							<th scope="col" class="u-num"><span class="c-phase c-phase--3">L3</span></th>
							<th scope="col" class="u-num"><?cs var:Lang.meter.system ?></th>
						</tr>
					</thead>
					<tbody>
						<?cs each:r = Meter.now.row ?>
							<?cs call:now_row(r) ?>
						<?cs /each ?>
					</tbody>
				</table>
			</div>
		</div>
		<?cs if:?Meter.now.single.0.name ?>
			<div class="c-module__foot">
				<?cs each:s = Meter.now.single ?>
					<span>
						<?cs var:s.name ?> <b><?cs call:live(s.live, s.value.n) ?> <?cs var:s.value.u ?></b>
					</span>
				<?cs /each ?>
			</div>
		<?cs /if ?>
	</section>
<?cs /def ?>

<?cs def:fact(name, v) ?>
	<div>
		<dt><?cs var:name ?></dt>
		<dd>
			<?cs call:or_dash(v.n) ?>
			<?cs if:?v.n ?> <small><?cs var:v.u ?></small><?cs /if ?>
		</dd>
	</div>
<?cs /def ?>

<?cs def:pulses() ?>
	<section class="c-module" aria-labelledby="d1">
		<?cs call:strip("d1", Lang.meter.now, Lang.meter.pulses) ?>
		<div class="c-module__body">
			<dl class="c-facts">
				<?cs if:?Meter.mean.n ?><?cs call:fact(Lang.home.mean, Meter.mean) ?><?cs /if ?>
				<?cs if:?Meter.hour.n ?><?cs call:fact(Lang.meter.last_hour, Meter.hour) ?><?cs /if ?>
				<?cs if:?Meter.value.n ?><?cs call:fact(Lang.home.key_today, Meter.value) ?><?cs /if ?>
			</dl>
		</div>
	</section>
<?cs /def ?>

<?cs def:counters() ?>
	<section class="c-module" aria-labelledby="d2">
		<?cs call:strip("d2", Lang.meter.counters, "") ?>
		<div class="c-module__body">
			<dl class="c-facts">
				<?cs each:k = Meter.counters.counter ?>
					<?cs call:fact(k.name, k) ?>
				<?cs /each ?>
			</dl>
		</div>
	</section>
<?cs /def ?>

<?cs # --- history: a chart, and the same as a table ?>

<?cs def:chart() ?>
	<?cs call:plot(Meter.history.url, Meter.medium, Meter.history.label) ?>
	<div class="c-row">
		<ul class="c-legend">
			<li>
				<span class="c-key c-key--<?cs var:Meter.medium ?>"></span>
				<span data-series><?cs var:Meter.history.name ?></span>
			</li>
			<?cs if:#Meter.history.band ?><?cs call:key("band", Lang.meter.band) ?><?cs /if ?>
		</ul>
		<?cs call:zooms() ?>
	</div>
<?cs /def ?>

<?cs def:level_head(name) ?>
	<th scope="col" class="u-num">
		<?cs var:name ?>
		<?cs if:Meter.history.level_unit ?>, <?cs var:Meter.history.level_unit ?><?cs /if ?>
	</th>
<?cs /def ?>

<?cs def:cell(text) ?>
	<td class="u-num"><?cs call:or_dash(text) ?></td>
<?cs /def ?>

<?cs def:row(r) ?>
	<tr>
		<th scope="row">
			<?cs var:r.name ?>
			<?cs if:?r.note ?> <span class="u-mute"><?cs var:r.note ?></span><?cs /if ?>
		</th>
		<?cs if:#Meter.history.has_sum ?><?cs call:cell(r.sum) ?><?cs /if ?>
		<?cs if:#Meter.history.has_mean ?><?cs call:cell(r.mean) ?><?cs /if ?>
		<?cs if:#Meter.history.has_level ?>
			<?cs call:cell(r.low) ?>
			<?cs call:cell(r.high) ?>
		<?cs /if ?>
		<?cs if:#Meter.history.amend ?>
			<td><?cs if:r.correct ?><a href="/meters/<?cs var:Meter.address ?>/correct?<?cs var:r.correct ?>"><?cs var:Lang.amend.correct ?><span class="u-hidden"> <?cs var:r.name ?></span></a><?cs /if ?></td>
		<?cs /if ?>
	</tr>
<?cs /def ?>

<?cs def:rows() ?>
	<details class="c-disclose">
		<summary><?cs call:icon("table") ?><?cs var:Lang.meter.table ?></summary>
		<div class="c-scroll">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:Meter.history.row_name ?></th>
						<?cs if:#Meter.history.has_sum ?>
							<th scope="col" class="u-num"><?cs var:Meter.history.sum_unit ?></th>
						<?cs /if ?>
						<?cs if:#Meter.history.has_mean ?>
							<?cs call:level_head(Lang.meter.mean) ?>
						<?cs /if ?>
						<?cs if:#Meter.history.has_level ?>
							<?cs call:level_head(Lang.meter.low) ?>
							<?cs call:level_head(Lang.meter.high) ?>
						<?cs /if ?>
						<?cs if:#Meter.history.amend ?><th scope="col"><span class="u-hidden"><?cs var:Lang.amend.correct ?></span></th><?cs /if ?>
					</tr>
				</thead>
				<tbody>
					<?cs each:r = Meter.history.row ?>
						<?cs call:row(r) ?>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
	</details>
<?cs /def ?>

<?cs # a sentence with a stretch in bold ?>
<?cs def:said(s) ?>
	<span><?cs var:s.a ?><b><?cs var:s.b ?></b><?cs var:s.c ?></span>
<?cs /def ?>

<?cs def:history() ?>
	<section class="c-module" aria-labelledby="d3">
		<div class="c-module__strip">
			<h2 id="d3"><?cs var:Lang.meter.history ?></h2>
			<span class="c-step">
				<?cs call:steps(Meter.history) ?>
			</span>
		</div>
		<div class="c-module__body l-stack">
			<div class="c-tools">
				<?cs call:by(Meter.history.by, Lang.meter.show_by) ?>
			</div>
			<?cs call:chart() ?>
			<?cs call:merged(Meter.history.merged) ?>
			<?cs call:merged(Meter.history.merged_sums) ?>
			<?cs call:merged(Meter.history.merged_levels) ?>
			<?cs if:#Meter.history.rows > #0 ?><?cs call:rows() ?><?cs /if ?>
		</div>
		<?cs if:?Meter.history.whole || ?Meter.history.high ?>
			<div class="c-module__foot">
				<?cs if:?Meter.history.whole ?>
					<span><?cs var:Lang.meter.whole ?> <b><?cs var:Meter.history.whole ?></b></span>
				<?cs /if ?>
				<?cs if:?Meter.history.high ?>
					<?cs call:said(Meter.history.high) ?>
					<?cs call:said(Meter.history.low) ?>
				<?cs /if ?>
			</div>
		<?cs /if ?>
	</section>
<?cs /def ?>

<?cs # --- the page ?>

<main class="l-page" id="main"
	data-poll="/api/v1/live?as=text&amp;device=<?cs var:Meter.address ?>" data-every="2">
	<div class="l-head">
		<div class="l-head__main">
			<h1><span class="c-plate c-plate--l"><?cs var:Meter.plate ?></span> <?cs var:Meter.name ?></h1>
			<p class="l-head__sub">
				<span><?cs var:Meter.about ?></span>
				<span class="c-state c-state--<?cs var:Meter.state ?>"><?cs var:Meter.says ?></span>
			</p>
		</div>
		<?cs if:Meter.breaker ?>
			<div class="c-tools"><a class="c-btn" href="<?cs var:Meter.breaker ?>"><?cs var:Lang.breaker.one ?></a></div>
		<?cs /if ?>
		<?cs if:#Meter.amend ?>
			<div class="c-tools">
				<a class="c-btn c-btn--quiet" href="/meters/<?cs var:Meter.address ?>/replace"><?cs var:Lang.amend.replace_title ?></a>
				<a class="c-btn c-btn--quiet" href="/amendments"><?cs var:Lang.amend.title ?></a>
			</div>
		<?cs /if ?>
		<?cs if:?Meter.history.csv ?>
			<div class="c-tools">
				<?cs call:file("", "excel", Lang.meter.csv) ?>
				<?cs call:file("quiet", "programs", Lang.meter.csv_programs) ?>
				<a class="c-btn c-btn--quiet" href="/history?on=<?cs var:Meter.address ?>"><?cs var:Lang.history.title ?></a>
				<a class="c-btn c-btn--quiet" href="/compare?on=<?cs var:Meter.address ?>"><?cs var:Lang.compare.title ?></a>
				<?cs if:#Meter.quality ?>
					<a class="c-btn c-btn--quiet" href="/meters/<?cs var:Meter.address ?>/quality"><?cs var:Lang.quality.title ?></a>
				<?cs /if ?>
			</div>
		<?cs /if ?>
	</div>
	<?cs each:j = Meter.waits.jump ?>
		<div class="c-notice c-notice--warn">
			<?cs call:icon("triangle-alert") ?>
			<div class="c-notice__b">
				<h2><?cs var:Lang.amend.waiting ?>: +<?cs var:j.energy ?></h2>
				<p><?cs var:j.name ?>. <a href="<?cs var:j.href ?>"><?cs var:Lang.amend.decide ?></a></p>
			</div>
		</div>
	<?cs /each ?>
	<?cs if:Meter.state == "bad" ?>
		<?cs call:notice("alarm", "status", "unplug", Meter.says, Lang.meter.last_shown) ?>
	<?cs /if ?>
	<div class="l-grid l-grid--5-7<?cs if:Meter.state != "ok" ?> is-stale<?cs /if ?>">
		<div class="l-stack">
			<?cs if:#Meter.now.n > #0 ?>
				<?cs call:now() ?>
			<?cs elif:?Meter.hour.n || ?Meter.mean.n || ?Meter.value.n ?>
				<?cs call:pulses() ?>
			<?cs /if ?>
			<?cs if:#Meter.counters.n > #0 ?><?cs call:counters() ?><?cs /if ?>
		</div>
		<?cs if:?Meter.history.title ?><?cs call:history() ?><?cs /if ?>
	</div>
</main>
