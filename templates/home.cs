<?cs #
	Home.date, Home.board, Home.read, Home.is_old, Home.minute, Home.empty, Home.advice,
	Home.today.{there,sum,delta,last,cap,estimated},
	Home.today.axis.N.{y,text},
	Home.today.hour.N.{hour,title,missing,now,then,kind,gx,gw,gy,gh,nx,nw,y,h},
	Home.today.label.N.{x,text,anchor},
	Home.power.{there,live,now,share,contract,most,path,path_label,from,to,high,loads,missing},
	Home.power.load.N.{name,path,power,share},
	Home.tiles.n,
	Home.tiles.tile.N.{name,medium,icon,value,delta,path},
	Home.week.estimated,
	Home.week.day.N.{name,open,now,w,then,gw},
	Home.rail.{count,notice,advice,names},
	Home.rail.device.N.{plate,name,path,state,says,medium,live,value}
?>
<?cs include!"layout.cs" ?>
<?cs include!"bars.cs" ?>

<?cs def:hatch(id) ?>
	<pattern id="<?cs var:id ?>" class="<?cs var:id ?>" width="4" height="4"
		patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
		<rect class="hatch-bg" width="4" height="4"/>
		<rect class="hatch-fg" width="2" height="4"/>
	</pattern>
<?cs /def ?>

<?cs # --- today: a bar an hour, over the same day of last week ?>

<?cs def:hour_bars(h) ?>
	<g>
		<title><?cs var:h.title ?><?cs if:?h.missing ?>, <?cs var:h.missing ?><?cs /if ?></title>
		<?cs if:?h.gy ?>
			<rect class="ghost" x="<?cs var:h.gx ?>" width="<?cs var:h.gw ?>"
				y="<?cs var:h.gy ?>" height="<?cs var:h.gh ?>" rx="1"/>
			<rect class="edge" x="<?cs var:h.gx ?>" width="<?cs var:h.gw ?>"
				y="<?cs var:h.gy ?>" height="1.5"/>
		<?cs /if ?>
		<?cs if:h.kind == "gap" ?>
			<rect fill="url(#hatch-gap)" x="<?cs var:h.nx ?>" width="<?cs var:h.nw ?>"
				y="4%" height="84%"/>
		<?cs elif:?h.y ?>
			<rect class="<?cs var:h.kind ?>"<?cs if:h.kind == "open" ?> fill="url(#hatch)"<?cs /if ?>
				x="<?cs var:h.nx ?>" width="<?cs var:h.nw ?>"
				y="<?cs var:h.y ?>" height="<?cs var:h.h ?>" rx="1"/>
		<?cs /if ?>
	</g>
<?cs /def ?>

<?cs def:today_chart() ?>
	<div class="c-bars">
		<?cs call:axis(Home.today.axis) ?>
		<svg role="img" aria-label="<?cs var:Lang.home.chart_label ?>">
			<?cs call:grid(Home.today.axis) ?>
			<?cs each:h = Home.today.hour ?>
				<?cs call:hour_bars(h) ?>
			<?cs /each ?>
			<line class="cap" x1="<?cs var:Home.today.cap ?>" x2="<?cs var:Home.today.cap ?>"
				y1="88%" y2="91%"/>
			<?cs each:l = Home.today.label ?>
				<text x="<?cs var:l.x ?>" y="99%" text-anchor="<?cs var:l.anchor ?>"><?cs var:l.text ?></text>
			<?cs /each ?>
		</svg>
	</div>
<?cs /def ?>

<?cs def:today_table() ?>
	<table class="c-table">
		<thead>
			<tr>
				<th scope="col"><?cs var:Lang.by.hour ?></th>
				<th scope="col" class="u-num"><?cs var:Lang.home.key_today ?>, kWh</th>
				<th scope="col" class="u-num"><?cs var:Home.today.last ?>, kWh</th>
			</tr>
		</thead>
		<tbody>
			<?cs each:h = Home.today.hour ?>
				<tr>
					<th scope="row">
						<?cs var:h.hour ?>
						<?cs if:?h.missing ?> <span class="u-mute"><?cs var:h.missing ?></span><?cs /if ?>
						<?cs if:h.kind == "open" ?> <span class="u-mute"><?cs var:Lang.meter.so_far ?></span><?cs /if ?>
					</th>
					<td class="u-num"><?cs call:or_dash(h.now) ?></td>
					<td class="u-num u-mute"><?cs call:or_dash(h.then) ?></td>
				</tr>
			<?cs /each ?>
		</tbody>
	</table>
<?cs /def ?>

<?cs def:today() ?>
	<section class="c-module" aria-labelledby="t1" data-part="today">
		<?cs call:strip("t1", Lang.home.today, Lang.home.per_hour) ?>
		<div class="c-module__body l-stack">
			<div>
				<?cs call:readout(Home.today.sum, "c-readout--hero") ?>
				<?cs call:delta(Home.today.delta) ?>
			</div>
			<?cs call:today_chart() ?>
			<div class="c-row">
				<ul class="c-legend">
					<?cs call:key("", Lang.home.key_today) ?>
					<?cs call:key("run", Lang.home.key_open) ?>
					<?cs call:key("ghost", Home.today.last) ?>
				</ul>
				<details class="c-disclose">
					<summary><?cs call:icon("table") ?><?cs var:Lang.home.table ?></summary>
					<?cs call:today_table() ?>
				</details>
			</div>
			<?cs if:#Home.today.estimated ?>
				<p class="c-module__note"><?cs var:Lang.home.estimated ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs # --- power: now, its last hour, and what takes it ?>

<?cs def:load(l) ?>
	<li>
		<span>
			<?cs if:l.path ?><a href="<?cs var:l.path ?>"><?cs /if ?>
			<?cs var:l.name ?>
			<?cs if:l.path ?></a><?cs /if ?>
		</span>
		<span class="c-load__v">
			<?cs call:or_dash(l.power.n) ?>
			<?cs if:?l.power.n ?> <span><?cs var:l.power.u ?></span><?cs /if ?>
		</span>
		<svg aria-hidden="true">
			<rect class="track" width="100%" height="6" rx="1"/>
			<?cs if:?l.share ?>
				<rect class="<?cs if:l.path ?>fill<?cs else ?>rest<?cs /if ?>"
					width="<?cs var:l.share ?>" height="6" rx="1"/>
			<?cs /if ?>
		</svg>
	</li>
<?cs /def ?>

<?cs def:power() ?>
	<section class="c-module" aria-labelledby="t2" data-part="power">
		<?cs if:#Home.power.live ?>
			<?cs call:strip("t2", Lang.home.power, Lang.home.every) ?>
		<?cs else ?>
			<?cs call:strip("t2", Lang.home.power, Lang.home.mean) ?>
		<?cs /if ?>
		<div class="c-module__body">
			<p class="c-readout c-readout--xl">
				<?cs if:#Home.power.live ?>
					<?cs call:live("site.active_power", Home.power.now.n) ?>
				<?cs else ?>
					<?cs call:live("", Home.power.now.n) ?>
				<?cs /if ?>
				<span class="c-readout__u">kW</span>
			</p>
			<?cs if:?Home.power.contract ?>
				<svg class="c-gauge" role="img" aria-label="<?cs var:Home.power.contract ?>">
					<rect class="track" width="100%" height="14" rx="2"/>
					<rect class="fill" width="<?cs var:Home.power.share ?>" height="14" rx="2"/>
				</svg>
				<p class="c-gauge-l">
					<span><?cs var:Home.power.contract ?></span>
					<span><?cs var:Home.power.most ?></span>
				</p>
			<?cs /if ?>
			<?cs if:?Home.power.path ?>
				<svg class="c-hour" viewBox="0 0 6000 1000" preserveAspectRatio="none"
					role="img" aria-label="<?cs var:Home.power.path_label ?>">
					<path d="<?cs var:Home.power.path ?>"/>
				</svg>
				<p class="c-gauge-l">
					<span><?cs var:Home.power.from ?></span>
					<span><?cs var:Lang.home.last_hour ?></span>
					<span><?cs var:Home.power.to ?></span>
				</p>
			<?cs /if ?>
			<?cs if:#Home.power.loads ?>
				<h3 class="c-load-h"><?cs var:Lang.home.loads ?></h3>
				<ul class="c-load">
					<?cs each:l = Home.power.load ?>
						<?cs call:load(l) ?>
					<?cs /each ?>
				</ul>
				<?cs if:#Home.power.missing ?>
					<p class="c-gauge-l"><?cs var:Lang.home.loads_missing ?></p>
				<?cs /if ?>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs # --- tiles: water, gas and the like ?>

<?cs def:tile(t) ?>
	<div class="c-tile c-tile--<?cs var:t.medium ?>">
		<h2 class="c-tile__name"><?cs call:icon(t.icon) ?><?cs var:t.name ?></h2>
		<?cs call:readout(t.value, "") ?>
		<?cs if:?t.path ?>
			<svg class="c-tile__spark" viewBox="0 0 1200 1000" preserveAspectRatio="none" aria-hidden="true">
				<path d="<?cs var:t.path ?>"/>
			</svg>
		<?cs /if ?>
		<?cs call:delta(t.delta) ?>
	</div>
<?cs /def ?>

<?cs # --- week: a row a day, over the week before ?>

<?cs def:day(d) ?>
	<tr>
		<th scope="row"><?cs var:d.name ?></th>
		<td>
			<svg class="c-weekbar" aria-hidden="true">
				<?cs if:?d.gw ?>
					<rect class="last" width="<?cs var:d.gw ?>" height="14"/>
					<rect class="edge" x="<?cs var:d.gw ?>" width="1.5" height="14"/>
				<?cs /if ?>
				<?cs if:?d.w ?>
					<rect <?cs if:#d.open ?>class="open" fill="url(#hatch)"<?cs else ?>class="this"<?cs /if ?>
						y="4" width="<?cs var:d.w ?>" height="6" rx="1"/>
				<?cs /if ?>
			</svg>
		</td>
		<td class="u-num">
			<?cs if:?d.now ?><?cs var:d.now ?><?cs else ?><span class="u-mute">–</span><?cs /if ?>
		</td>
		<td class="u-num u-mute"><?cs call:or_dash(d.then) ?></td>
	</tr>
<?cs /def ?>

<?cs def:week() ?>
	<section class="c-module" aria-labelledby="t3" data-part="week">
		<?cs call:strip("t3", Lang.home.week, Lang.home.per_day) ?>
		<div class="c-module__body c-module__body--flush">
			<table class="c-table c-table--week">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.by.day ?></th>
						<td>
							<ul class="c-legend">
								<?cs call:key("", Lang.home.this_week) ?>
								<?cs call:key("ghost", Lang.home.last_week) ?>
							</ul>
						</td>
						<th scope="col" class="u-num"><?cs var:Lang.home.this ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.home.last ?></th>
					</tr>
				</thead>
				<tbody>
					<?cs each:d = Home.week.day ?>
						<?cs call:day(d) ?>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
		<?cs if:#Home.week.estimated ?>
			<p class="c-module__foot c-module__note"><?cs var:Lang.home.estimated ?></p>
		<?cs /if ?>
	</section>
<?cs /def ?>

<?cs # --- rail: the devices, as modules ?>

<?cs def:module(d) ?>
	<li<?cs if:d.state != "ok" ?> class="is-<?cs var:d.state ?>"<?cs /if ?>>
		<a href="<?cs var:d.path ?>">
			<span class="c-plate"><?cs var:d.plate ?></span>
			<span class="c-rail__v">
				<?cs if:d.state == "bad" ?>
					<?cs var:Lang.state.short_bad ?>
				<?cs else ?>
					<?cs call:live(d.live, d.value.n) ?> <?cs var:d.value.u ?>
				<?cs /if ?>
			</span>
			<span class="c-rail__n"><?cs var:d.name ?></span>
		</a>
	</li>
<?cs /def ?>

<?cs def:rail() ?>
	<section class="c-module" aria-labelledby="t4" data-part="rail">
		<?cs call:strip("t4", Lang.home.devices, Home.rail.count) ?>
		<div class="c-module__body l-stack">
			<ul class="c-rail">
				<?cs each:d = Home.rail.device ?>
					<?cs call:module(d) ?>
				<?cs /each ?>
			</ul>
			<p class="c-module__note"><?cs var:Lang.home.rail_note ?></p>
			<?cs if:?Home.rail.notice && Home.rail.names ?>
				<?cs call:notice("warn", "status", "triangle-alert", Home.rail.notice,
					Home.rail.names + ". " + Home.rail.advice) ?>
			<?cs elif:?Home.rail.notice ?>
				<?cs call:notice("warn", "status", "triangle-alert", Home.rail.notice, Home.rail.advice) ?>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs # --- the page ?>

<svg width="0" height="0" aria-hidden="true" focusable="false" class="u-hidden">
	<defs>
		<?cs call:hatch("hatch") ?>
		<?cs call:hatch("hatch-gap") ?>
	</defs>
</svg>
<main class="l-page" id="main"
	data-poll="/api/v1/live?as=text" data-every="2" data-minute="<?cs var:Home.minute ?>">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Home.date ?></h1>
			<p class="l-head__sub">
				<?cs if:Home.board ?><span><?cs var:Lang.board ?> <?cs var:Home.board ?></span><?cs /if ?>
				<?cs if:Home.read && !#Home.is_old ?><span><?cs var:Home.read ?></span><?cs /if ?>
			</p>
		</div>
	</div>
	<?cs if:#Home.empty ?>
		<?cs call:no_devices(Home.advice) ?>
	<?cs else ?>
		<?cs if:#Home.is_old ?>
			<?cs call:notice("warn", "status", "triangle-alert", Home.read, Lang.home.old_advice) ?>
		<?cs /if ?>
		<?cs if:#Home.today.there || #Home.power.there ?>
			<div class="l-grid l-grid--2-1">
				<?cs if:#Home.today.there ?><?cs call:today() ?><?cs /if ?>
				<?cs if:#Home.power.there ?><?cs call:power() ?><?cs /if ?>
			</div>
		<?cs /if ?>
		<?cs if:#Home.tiles.n > #0 ?>
			<div class="l-grid l-tiles l-tiles--<?cs var:Home.tiles.n ?>" data-part="tiles">
				<?cs each:t = Home.tiles.tile ?>
					<?cs call:tile(t) ?>
				<?cs /each ?>
			</div>
		<?cs /if ?>
		<div class="l-grid<?cs if:?Home.week.day.0.name ?> l-grid--1-1<?cs /if ?>">
			<?cs if:?Home.week.day.0.name ?><?cs call:week() ?><?cs /if ?>
			<?cs call:rail() ?>
		</div>
	<?cs /if ?>
</main>
