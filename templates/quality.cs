<?cs #
	Page.static,
	Quality.{plate,name,path,state,says,both,amps,none,title,prev,next,before,after,period,heading,phased,orders,thds,merged},
	Quality.{limit,limit_text,above,empty},
	Quality.by.N.{name,query,here},
	Quality.axis.N.{y,text},
	Quality.slot.N.{name,text,label,over,lx,w},
	Quality.slot.N.bar.N.{phase,x,y,h,n},
	Quality.harmonics.{heading,l,limited,empty,above,several},
	Quality.harmonics.phase.N.{n,here},
	Quality.harmonics.axis.N.{y,text},
	Quality.harmonics.order.N.{n,odd,over,x,w,lx,y,h,low,mean,high,limit,from,to,limit_text},
	Quality.thd.N.{name,unit,now,low,mean,high},
	Quality.other.N.{name,unit,now,low,mean,high}
?>
<?cs include!"layout.cs" ?>
<?cs include!"bars.cs" ?>
<?cs include!"plot.cs" ?>

<?cs def:bars(s) ?>
	<g>
		<title><?cs var:s.name ?><?cs each:b = s.bar ?><?cs if:?b.n ?>, L<?cs var:b.phase ?> <?cs var:b.n ?> %<?cs /if ?><?cs /each ?></title>
		<?cs each:b = s.bar ?>
			<?cs if:?b.y ?>
				<rect class="l<?cs var:b.phase ?>" x="<?cs var:b.x ?>" width="<?cs var:s.w ?>"
					y="<?cs var:b.y ?>" height="<?cs var:b.h ?>"/>
			<?cs /if ?>
		<?cs /each ?>
	</g>
<?cs /def ?>

<?cs def:chart() ?>
	<div class="c-bars c-bars--tall">
		<?cs call:axis(Quality.axis) ?>
		<svg role="img" aria-label="<?cs var:Lang.quality.chart_label ?>">
			<?cs call:grid(Quality.axis) ?>
			<?cs each:s = Quality.slot ?><?cs call:bars(s) ?><?cs /each ?>
			<?cs if:?Quality.limit ?>
				<line class="limit" x1="0" x2="100%" y1="<?cs var:Quality.limit ?>" y2="<?cs var:Quality.limit ?>"/>
			<?cs /if ?>
			<?cs each:s = Quality.slot ?>
				<?cs if:#s.label || #s.over ?>
					<text x="<?cs var:s.lx ?>" y="99%" text-anchor="middle"<?cs if:#s.over ?> class="over"<?cs /if ?>><?cs var:s.text ?></text>
				<?cs /if ?>
			<?cs /each ?>
		</svg>
	</div>
<?cs /def ?>

<?cs def:rows() ?>
	<details class="c-disclose">
		<summary><?cs call:icon("table") ?><?cs var:Lang.meter.table ?></summary>
		<div class="c-scroll" tabindex="0" role="group" aria-label="<?cs var:Lang.history.table ?>">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><span class="u-hidden"><?cs var:Lang.quality.when ?></span></th>
						<?cs each:t = Quality.thd ?><th scope="col" class="u-num"><?cs var:t.name ?>, %</th><?cs /each ?>
					</tr>
				</thead>
				<tbody>
					<?cs each:s = Quality.slot ?>
						<tr>
							<th scope="row"><?cs var:s.name ?></th>
							<?cs each:b = s.bar ?>
								<td class="u-num<?cs if:#s.over ?> u-alarm<?cs /if ?>"><?cs call:or_dash(b.n) ?></td>
							<?cs /each ?>
						</tr>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
	</details>
<?cs /def ?>

<?cs # lowest, mean and highest; now is a column where that is asked for ?>
<?cs def:extremes(r, now) ?>
	<tr>
		<th scope="row"><?cs var:r.name ?> <span class="c-table__unit"><?cs var:r.unit ?></span></th>
		<?cs if:#now ?><td class="u-num"><b><?cs call:or_dash(r.now) ?></b></td><?cs /if ?>
		<td class="u-num"><?cs call:or_dash(r.low) ?></td>
		<td class="u-num"><?cs call:or_dash(r.mean) ?></td>
		<td class="u-num"><?cs call:or_dash(r.high) ?></td>
	</tr>
<?cs /def ?>

<?cs def:heads(now) ?>
	<thead>
		<tr>
			<th scope="col"><span class="u-hidden"><?cs var:Lang.meter.quantity ?></span></th>
			<?cs if:#now ?><th scope="col" class="u-num"><?cs var:Lang.meter.now ?></th><?cs /if ?>
			<th scope="col" class="u-num"><?cs var:Lang.meter.low ?></th>
			<th scope="col" class="u-num"><?cs var:Lang.meter.mean ?></th>
			<th scope="col" class="u-num"><?cs var:Lang.meter.high ?></th>
		</tr>
	</thead>
<?cs /def ?>

<?cs def:order(o) ?>
	<g>
		<title><?cs var:o.n ?><?cs if:?o.mean ?>: <?cs var:o.mean ?> %<?cs /if ?></title>
		<?cs if:?o.y ?>
			<rect class="l<?cs var:Quality.harmonics.l ?><?cs if:!#o.odd ?> even<?cs /if ?>"
				x="<?cs var:o.x ?>" width="<?cs var:o.w ?>" y="<?cs var:o.y ?>" height="<?cs var:o.h ?>"/>
		<?cs /if ?>
		<?cs if:?o.limit ?>
			<line class="limit" x1="<?cs var:o.from ?>" x2="<?cs var:o.to ?>" y1="<?cs var:o.limit ?>" y2="<?cs var:o.limit ?>"/>
		<?cs /if ?>
		<?cs if:#o.odd || #o.over ?>
			<text x="<?cs var:o.lx ?>" y="99%" text-anchor="middle"<?cs if:#o.over ?> class="over"<?cs /if ?>><?cs var:o.n ?></text>
		<?cs /if ?>
	</g>
<?cs /def ?>

<?cs def:orders_chart() ?>
	<div class="c-bars c-bars--tall">
		<?cs call:axis(Quality.harmonics.axis) ?>
		<svg role="img" aria-label="<?cs var:Lang.quality.orders_label ?>">
			<?cs call:grid(Quality.harmonics.axis) ?>
			<?cs each:o = Quality.harmonics.order ?><?cs call:order(o) ?><?cs /each ?>
		</svg>
	</div>
<?cs /def ?>

<?cs def:orders_table() ?>
	<details class="c-disclose">
		<summary><?cs call:icon("table") ?><?cs var:Lang.meter.table ?></summary>
		<div class="c-scroll" tabindex="0" role="group" aria-labelledby="q4">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.quality.order ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.meter.low ?>, %</th>
						<th scope="col" class="u-num"><?cs var:Lang.meter.mean ?>, %</th>
						<th scope="col" class="u-num"><?cs var:Lang.meter.high ?>, %</th>
						<?cs if:#Quality.harmonics.limited ?><th scope="col" class="u-num"><?cs var:Lang.quality.limit_of ?>, %</th><?cs /if ?>
					</tr>
				</thead>
				<tbody>
					<?cs each:o = Quality.harmonics.order ?>
						<tr>
							<th scope="row"><?cs var:o.n ?></th>
							<td class="u-num"><?cs call:or_dash(o.low) ?></td>
							<td class="u-num<?cs if:#o.over ?> u-alarm<?cs /if ?>"><b><?cs call:or_dash(o.mean) ?></b></td>
							<td class="u-num"><?cs call:or_dash(o.high) ?></td>
							<?cs if:#Quality.harmonics.limited ?><td class="u-num u-mute"><?cs call:or_dash(o.limit_text) ?></td><?cs /if ?>
						</tr>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
	</details>
<?cs /def ?>

<?cs def:phases() ?>
	<nav class="c-segment" aria-label="<?cs var:Lang.quality.phase ?>">
		<?cs each:p = Quality.harmonics.phase ?>
			<a href="?show=<?cs if:#Quality.amps ?>current<?cs else ?>voltage<?cs /if ?>&amp;phase=l<?cs var:p.n ?>&amp;<?cs var:Quality.period ?>"<?cs if:#p.here ?> aria-current="true"<?cs /if ?>>L<?cs var:p.n ?></a>
		<?cs /each ?>
	</nav>
<?cs /def ?>

<?cs def:orders() ?>
	<section class="c-module" aria-labelledby="q4">
		<?cs call:strip("q4", Quality.harmonics.heading, Lang.quality.fundamental) ?>
		<div class="c-module__body l-stack">
			<?cs if:#Quality.harmonics.several ?><div><?cs call:phases() ?></div><?cs /if ?>
			<?cs if:!#Quality.thds ?><?cs call:merged(Quality.merged) ?><?cs /if ?>
			<?cs if:#Quality.harmonics.empty ?>
				<p><?cs var:Lang.meter.empty ?></p>
			<?cs else ?>
				<?cs call:orders_chart() ?>
				<div class="c-row">
					<ul class="c-legend">
						<li><span class="c-key c-key--l<?cs var:Quality.harmonics.l ?>"></span><?cs var:Lang.quality.odd ?></li>
						<li><span class="c-key c-key--l<?cs var:Quality.harmonics.l ?> c-key--even"></span><?cs var:Lang.quality.even ?></li>
						<?cs if:#Quality.harmonics.limited ?>
							<li><span class="c-key c-key--limit"></span><?cs var:Lang.quality.limit_of ?></li>
						<?cs /if ?>
					</ul>
					<?cs call:orders_table() ?>
				</div>
			<?cs /if ?>
			<?cs if:?Quality.harmonics.above ?>
				<?cs call:notice("warn", "", "triangle-alert", Quality.harmonics.above, Lang.quality.advice) ?>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:distortion() ?>
	<section class="c-module" aria-labelledby="q1">
		<?cs call:strip("q1", Quality.heading, Lang.quality.share) ?>
		<div class="c-module__body l-stack">
			<?cs if:#Quality.empty ?><p><?cs var:Lang.meter.empty ?></p><?cs else ?><?cs call:chart() ?><?cs /if ?>
			<?cs call:merged(Quality.merged) ?>
			<div class="c-row">
				<ul class="c-legend">
					<?cs each:t = Quality.thd ?>
						<li>
							<span class="c-key c-key--l<?cs if:name(t) == "0" ?>1<?cs elif:name(t) == "1" ?>2<?cs else ?>3<?cs /if ?>"></span>
							<?cs var:t.name ?>
						</li>
					<?cs /each ?>
					<?cs if:?Quality.limit ?>
						<li><span class="c-key c-key--limit"></span><?cs var:Lang.quality.limit ?> <?cs var:Quality.limit_text ?></li>
					<?cs /if ?>
				</ul>
				<?cs if:!#Quality.empty ?><?cs call:rows() ?><?cs /if ?>
			</div>
			<?cs if:?Quality.above ?>
				<?cs call:notice("warn", "", "triangle-alert", Quality.above, Lang.quality.advice) ?>
			<?cs /if ?>
			<p class="c-module__note"><?cs if:#Quality.orders ?><?cs var:Lang.quality.all ?><?cs else ?><?cs var:Lang.quality.total ?><?cs /if ?></p>
		</div>
	</section>
<?cs /def ?>

<?cs def:thd() ?>
	<section class="c-module" aria-labelledby="q2">
		<?cs call:strip("q2", Lang.quality.others, Quality.title) ?>
		<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="group" aria-labelledby="q2">
			<table class="c-table">
				<?cs call:heads("1") ?>
				<tbody><?cs each:t = Quality.thd ?><?cs call:extremes(t, "1") ?><?cs /each ?></tbody>
			</table>
		</div>
	</section>
<?cs /def ?>

<?cs def:others() ?>
	<section class="c-module" aria-labelledby="q3">
		<?cs call:strip("q3", Lang.quality.rest, Quality.title) ?>
		<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="group" aria-labelledby="q3">
			<table class="c-table">
				<?cs call:heads("0") ?>
				<tbody><?cs each:t = Quality.other ?><?cs call:extremes(t, "0") ?><?cs /each ?></tbody>
			</table>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><span class="c-plate c-plate--l"><?cs var:Quality.plate ?></span> <?cs var:Lang.quality.title ?></h1>
			<p class="l-head__sub">
				<a href="<?cs var:Quality.path ?>"><?cs var:Quality.name ?></a>
				<span class="c-state c-state--<?cs var:Quality.state ?>"><?cs var:Quality.says ?></span>
			</p>
		</div>
		<?cs if:#Quality.both ?>
			<nav class="c-segment" aria-label="<?cs var:Lang.meter.quantity ?>">
				<a href="?show=voltage&amp;<?cs var:Quality.phased ?>&amp;<?cs var:Quality.period ?>"<?cs if:!#Quality.amps ?> aria-current="true"<?cs /if ?>><?cs var:Lang.quality.voltage ?></a>
				<a href="?show=current&amp;<?cs var:Quality.phased ?>&amp;<?cs var:Quality.period ?>"<?cs if:#Quality.amps ?> aria-current="true"<?cs /if ?>><?cs var:Lang.quality.current ?></a>
			</nav>
		<?cs /if ?>
	</div>
	<div class="c-tools c-tools--below">
		<?cs call:by(Quality.by, Lang.compare.by) ?>
		<span class="c-step">
			<?cs call:steps(Quality) ?>
		</span>
	</div>
	<?cs if:#Quality.none ?>
		<?cs call:notice("", "", "info", "", Lang.quality.none) ?>
	<?cs /if ?>
	<div class="l-grid<?cs if:!#Quality.none ?> l-grid--5-7 l-grid--quality<?cs /if ?>">
		<?cs if:!#Quality.none ?>
			<div class="l-stack">
				<?cs if:#Quality.thds ?><?cs call:distortion() ?><?cs /if ?>
				<?cs if:#Quality.orders ?><?cs call:orders() ?><?cs /if ?>
			</div>
		<?cs /if ?>
		<div class="l-stack">
			<?cs if:#Quality.thds ?><?cs call:thd() ?><?cs /if ?>
			<?cs if:?Quality.other.0.name ?><?cs call:others() ?><?cs /if ?>
		</div>
	</div>
</main>
