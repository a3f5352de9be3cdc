<?cs #
	Bus.board, Bus.devices, Bus.lines, Bus.answering, Bus.used,
	Bus.alarm.N.{kind,icon,title,text,path,button},
	Bus.lamp.power.{on,says}, Bus.lamp.rx.{on,says}, Bus.lamp.tx.{on,says},
	Bus.lamp.link.{on,says}, Bus.lamp.act.{on,says},
	Bus.line.N.{name,kind,settings,devices,poller,clients,lost,top,most,label,from,to},
	Bus.line.N.fact.N.{name,value,unit},
	Bus.line.N.minute.N.{at,poller,clients,asked,lost},
	Bus.device.N.{plate,name,type,line,unit,path,test,state,says,asked,answered,timeouts,damaged},
	Bus.device.N.{codes,since,lost,lossy,p50,p99,slowest},
	Bus.event.N.{at,severity,says}
?>
<?cs include!"layout.cs" ?>

<?cs def:bus_alarm(a) ?>
	<div class="c-notice c-notice--<?cs var:a.kind ?>">
		<?cs call:icon(a.icon) ?>
		<div class="c-notice__b">
			<h2><?cs var:a.title ?></h2>
			<p><?cs var:a.text ?></p>
		</div>
		<?cs if:a.path ?><a class="c-btn c-btn--s" href="<?cs var:a.path ?>"><?cs var:a.button ?></a><?cs /if ?>
	</div>
<?cs /def ?>

<?cs def:bus_module(d) ?>
	<li<?cs if:d.state == "bad" ?> class="is-bad"<?cs /if ?>>
		<a href="<?cs var:d.path ?>">
			<span class="c-plate"><?cs var:d.plate ?></span>
			<span class="c-rail__v">
				<?cs if:?d.p50 ?>
					<?cs var:d.p50 ?> ms
				<?cs elif:d.state == "bad" ?>
					<?cs var:Lang.state.short_bad ?>
				<?cs else ?>
					–
				<?cs /if ?>
			</span>
			<span class="c-rail__n"><?cs var:d.name ?></span>
		</a>
	</li>
<?cs /def ?>

<?cs def:bus_minutes(l) ?>
	<div class="c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.bus.table ?>, <?cs var:l.name ?>">
		<table class="c-table">
			<thead>
				<tr>
					<th scope="col"><?cs var:Lang.by.minute ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.key_poller ?>, %</th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.key_clients ?>, %</th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.fact.asked ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.key_lost ?></th>
				</tr>
			</thead>
			<tbody>
				<?cs each:m = l.minute ?>
					<tr>
						<th scope="row"><?cs var:m.at ?></th>
						<td class="u-num"><?cs var:m.poller ?></td>
						<td class="u-num"><?cs var:m.clients ?></td>
						<td class="u-num"><?cs var:m.asked ?></td>
						<td class="u-num<?cs if:#m.lost ?> u-alarm<?cs /if ?>"><?cs var:m.lost ?></td>
					</tr>
				<?cs /each ?>
			</tbody>
		</table>
	</div>
<?cs /def ?>

<?cs def:bus_hour(l) ?>
	<div class="c-minutes">
		<svg viewBox="0 0 6000 1000" preserveAspectRatio="none" role="img" aria-label="<?cs var:l.label ?>">
			<path class="base" d="M0 1000H6000"/>
			<path class="over" d="<?cs var:l.clients ?>"/>
			<path class="now" d="<?cs var:l.poller ?>"/>
		</svg>
		<span class="c-minutes__top"><?cs var:l.top ?> %</span>
		<?cs if:l.lost ?>
			<svg class="c-minutes__lost" viewBox="0 0 6000 1000" preserveAspectRatio="none" aria-hidden="true">
				<path class="err" d="<?cs var:l.lost ?>"/>
			</svg>
			<span class="c-minutes__top"><?cs var:l.most ?></span>
		<?cs /if ?>
	</div>
	<p class="c-gauge-l"><span><?cs var:l.from ?></span><span><?cs var:Lang.home.last_hour ?></span><span><?cs var:l.to ?></span></p>
	<div class="c-row">
		<ul class="c-legend">
			<?cs call:key("", Lang.bus.key_poller) ?>
			<?cs call:key("over", Lang.bus.key_clients) ?>
			<?cs if:l.lost ?><?cs call:key("lost", Lang.bus.key_lost) ?><?cs /if ?>
		</ul>
		<details class="c-disclose">
			<summary><?cs call:icon("table") ?><?cs var:Lang.bus.table ?></summary>
			<?cs call:bus_minutes(l) ?>
		</details>
	</div>
<?cs /def ?>

<?cs def:bus_line(l) ?>
	<section class="c-module" aria-labelledby="line-<?cs var:l.name ?>" data-part="line-<?cs var:l.name ?>">
		<div class="c-module__strip">
			<h2 id="line-<?cs var:l.name ?>"><?cs if:l.kind == "rtu" ?><?cs var:Lang.bus.rtu ?><?cs else ?><?cs var:Lang.bus.tcp ?><?cs /if ?> <?cs var:l.name ?></h2>
			<a class="c-module__note" href="/settings/rs485/<?cs var:l.name ?>"><?cs var:l.settings ?></a>
		</div>
		<div class="c-module__body l-stack">
			<?cs if:#l.devices ?>
				<dl class="c-facts c-facts--3">
					<?cs each:f = l.fact ?>
						<div><dt><?cs var:f.name ?></dt><dd><?cs var:f.value ?> <small><?cs var:f.unit ?></small></dd></div>
					<?cs /each ?>
				</dl>
				<?cs if:?l.poller ?>
					<div><?cs call:bus_hour(l) ?></div>
				<?cs else ?>
					<p class="c-module__note"><?cs var:Lang.bus.no_minutes ?></p>
				<?cs /if ?>
			<?cs else ?>
				<p><?cs var:Lang.bus.line_empty ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:bus_lamp(name, l) ?>
	<div><dt><?cs var:name ?></dt><dd><?cs var:l.says ?></dd></div>
<?cs /def ?>

<?cs # colours as printed on the box: RX is red, TX green ?>
<?cs def:bus_front() ?>
	<section class="c-module" aria-labelledby="front" data-part="front">
		<?cs call:strip("front", Lang.bus.front, Lang.bus.front_note) ?>
		<div class="c-module__body">
			<div class="c-panel">
				<svg viewBox="0 0 72 92" role="img" aria-label="<?cs var:Lang.bus.front_label ?>">
					<rect class="body" x="1" y="1" width="70" height="90" rx="3"/>
					<rect class="part" x="6" y="6" width="60" height="16" rx="1.5"/>
					<rect class="part" x="6" y="27" width="60" height="36" rx="1.5"/>
					<rect class="part" x="6" y="68" width="44" height="18" rx="1.5"/>
					<rect class="port" x="11" y="72" width="12" height="10" rx="1"/>
					<circle class="c-led c-led--blue" cx="15" cy="11" r="2.4"/>
					<circle class="c-led<?cs if:#Bus.lamp.rx.on ?> c-led--red c-led--blink<?cs /if ?>" cx="34" cy="11" r="2.4"/>
					<circle class="c-led<?cs if:#Bus.lamp.tx.on ?> c-led--green c-led--blink c-led--late<?cs /if ?>" cx="53" cy="11" r="2.4"/>
					<text x="15" y="19.8" text-anchor="middle">Power</text>
					<text x="34" y="19.8" text-anchor="middle">RX</text>
					<text x="53" y="19.8" text-anchor="middle">TX</text>
					<text x="34" y="76.5">Link</text>
					<text x="34" y="82.5">Act</text>
					<circle class="c-led<?cs if:#Bus.lamp.link.on ?> c-led--yellow<?cs /if ?>" cx="30" cy="74.5" r="2.2"/>
					<circle class="c-led<?cs if:#Bus.lamp.act.on ?> c-led--green c-led--blink<?cs /if ?>" cx="30" cy="80.5" r="2.2"/>
				</svg>
				<dl class="c-leds">
					<?cs call:bus_lamp("Power", Bus.lamp.power) ?>
					<?cs call:bus_lamp("RX", Bus.lamp.rx) ?>
					<?cs call:bus_lamp("TX", Bus.lamp.tx) ?>
					<?cs call:bus_lamp("Link", Bus.lamp.link) ?>
					<?cs call:bus_lamp("Act", Bus.lamp.act) ?>
				</dl>
			</div>
		</div>
	</section>
<?cs /def ?>

<?cs def:bus_row(d) ?>
	<tr role="row">
		<td role="cell" class="k-plate"><span class="c-plate"><?cs var:d.plate ?></span></td>
		<th role="rowheader" scope="row" class="k-name"><a href="<?cs var:d.path ?>"><?cs var:d.name ?></a></th>
		<td role="cell" class="k-more k-wide"><?cs var:d.type ?></td>
		<td role="cell" class="k-more u-num u-nowrap"><?cs var:d.line ?> <?cs var:d.unit ?></td>
		<td role="cell" class="k-state"><span class="c-state c-state--<?cs var:d.state ?>"><?cs var:d.says ?></span></td>
		<td role="cell" class="k-more u-num"><?cs call:or_dash(d.p50) ?></td>
		<td role="cell" class="k-more k-wide u-num"><?cs call:or_dash(d.p99) ?></td>
		<td role="cell" class="k-more u-num<?cs if:#d.lossy ?> u-alarm<?cs /if ?>"><?cs call:or_dash(d.lost) ?></td>
		<td role="cell" class="k-act u-num">
			<a class="c-btn c-btn--s c-btn--quiet" href="<?cs var:d.test ?>" aria-label="<?cs var:Lang.bus.test ?> <?cs var:d.plate ?> <?cs var:d.name ?>"><?cs var:Lang.bus.test ?></a>
		</td>
	</tr>
<?cs /def ?>

<?cs def:bus_head(name, class) ?>
	<th scope="col" role="columnheader"<?cs if:class ?> class="<?cs var:class ?>"<?cs /if ?>><?cs var:name ?></th>
<?cs /def ?>

<?cs def:bus_counters() ?>
	<div class="c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.bus.counters ?>">
		<table class="c-table">
			<thead>
				<tr>
					<th scope="col"><?cs var:Lang.bus.device ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.asked ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.answered ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.timeouts ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.damaged ?></th>
					<th scope="col"><?cs var:Lang.bus.codes ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.bus.slowest ?></th>
					<th scope="col"><?cs var:Lang.bus.since ?></th>
				</tr>
			</thead>
			<tbody>
				<?cs each:d = Bus.device ?>
					<tr>
						<th scope="row"><span class="c-plate"><?cs var:d.plate ?></span></th>
						<td class="u-num"><?cs call:or_dash(d.asked) ?></td>
						<td class="u-num"><?cs call:or_dash(d.answered) ?></td>
						<td class="u-num"><?cs call:or_dash(d.timeouts) ?></td>
						<td class="u-num"><?cs call:or_dash(d.damaged) ?></td>
						<td class="u-nowrap"><?cs if:d.codes ?><?cs var:d.codes ?><?cs else ?>–<?cs /if ?></td>
						<td class="u-num"><?cs call:or_dash(d.slowest) ?></td>
						<td class="u-nowrap"><?cs call:or_dash(d.since) ?></td>
					</tr>
				<?cs /each ?>
			</tbody>
		</table>
	</div>
<?cs /def ?>

<?cs def:bus_table() ?>
	<section class="c-module" aria-labelledby="devices" data-part="devices">
		<?cs call:strip("devices", Lang.bus.on_bus, Lang.bus.order) ?>
		<div class="c-module__body c-module__body--flush">
			<table class="c-table c-table--cards" role="table">
				<thead role="rowgroup">
					<tr role="row">
						<?cs call:bus_head(Lang.bus.device, "") ?>
						<th scope="col" role="columnheader"><span class="u-hidden"><?cs var:Lang.meters.name ?></span></th>
						<?cs call:bus_head(Lang.bus.type, "k-wide") ?>
						<?cs call:bus_head(Lang.bus.address, "u-num") ?>
						<?cs call:bus_head(Lang.meters.state, "") ?>
						<?cs call:bus_head(Lang.bus.p50, "u-num") ?>
						<?cs call:bus_head(Lang.bus.p99, "k-wide u-num") ?>
						<?cs call:bus_head(Lang.bus.lost, "u-num") ?>
						<th scope="col" role="columnheader"><span class="u-hidden"><?cs var:Lang.bus.test ?></span></th>
					</tr>
				</thead>
				<tbody role="rowgroup">
					<?cs each:d = Bus.device ?><?cs call:bus_row(d) ?><?cs /each ?>
				</tbody>
			</table>
		</div>
		<div class="c-module__foot">
			<details class="c-disclose">
				<summary><?cs call:icon("table") ?><?cs var:Lang.bus.counters ?></summary>
				<?cs call:bus_counters() ?>
				<p class="c-module__note"><?cs var:Lang.bus.codes_note ?></p>
			</details>
		</div>
	</section>
<?cs /def ?>

<?cs def:bus_events() ?>
	<section class="c-module" aria-labelledby="events" data-part="events">
		<div class="c-module__strip">
			<h2 id="events"><?cs var:Lang.bus.events ?></h2>
			<a class="c-module__note" href="/events"><?cs var:Lang.bus.all_events ?></a>
		</div>
		<div class="c-module__body">
			<?cs if:?Bus.event.0.at ?>
				<ul class="c-events">
					<?cs each:e = Bus.event ?>
						<li>
							<span class="c-events__at"><?cs var:e.at ?></span>
							<span class="c-events__what c-events__what--<?cs var:e.severity ?>"><?cs var:e.says ?></span>
						</li>
					<?cs /each ?>
				</ul>
			<?cs else ?>
				<p><?cs var:Lang.bus.no_events ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main" data-renew="5">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.bus.title ?></h1>
			<p class="l-head__sub">
				<?cs if:Bus.board ?><span><?cs var:Lang.board ?> <?cs var:Bus.board ?></span><?cs /if ?>
				<span><?cs var:Bus.used ?></span>
			</p>
		</div>
		<div class="c-tools">
			<a class="c-btn c-btn--primary" href="/devices/scan"><?cs call:icon("radar") ?><?cs var:Lang.bus.scan ?></a>
			<a class="c-btn" href="/devices/add"><?cs call:icon("plus") ?><?cs var:Lang.bus.add ?></a>
		</div>
	</div>
	<div class="l-notices" role="status" data-part="alarms">
		<?cs each:a = Bus.alarm ?><?cs call:bus_alarm(a) ?><?cs /each ?>
	</div>
	<?cs if:#Bus.devices == #0 ?>
		<section class="c-module c-empty">
			<div class="c-module__body">
				<?cs call:icon("radar") ?>
				<h2><?cs var:Lang.bus.empty ?></h2>
				<p>
					<?cs if:#Bus.lines == #0 ?>
						<?cs var:Lang.bus.empty_line ?>
					<?cs else ?>
						<?cs var:Lang.bus.empty_text ?>
					<?cs /if ?>
				</p>
				<?cs if:#Bus.lines == #0 ?>
					<a class="c-btn c-btn--primary" href="/settings/rs485"><?cs var:Lang.bus.set_line ?></a>
				<?cs else ?>
					<a class="c-btn c-btn--primary" href="/devices/scan"><?cs call:icon("radar") ?><?cs var:Lang.bus.scan ?></a>
				<?cs /if ?>
			</div>
		</section>
	<?cs else ?>
		<section class="c-module" aria-labelledby="rail" data-part="rail">
			<div class="c-module__strip">
				<h2 id="rail"><?cs var:Lang.home.devices ?></h2>
				<span class="c-module__note"><?cs var:Bus.answering ?></span>
			</div>
			<div class="c-module__body">
				<ul class="c-rail c-rail--row"><?cs each:d = Bus.device ?><?cs call:bus_module(d) ?><?cs /each ?></ul>
			</div>
		</section>
	<?cs /if ?>
	<div class="l-grid l-grid--1-1 l-grid--after">
		<?cs each:l = Bus.line ?><?cs call:bus_line(l) ?><?cs /each ?>
		<?cs call:bus_front() ?>
		<?cs call:bus_events() ?>
	</div>
	<?cs if:#Bus.devices ?>
		<div class="l-grid l-grid--after"><?cs call:bus_table() ?></div>
	<?cs /if ?>
</main>
