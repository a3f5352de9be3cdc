<?cs #
	Gateway.state, Gateway.clients, Gateway.units, Gateway.refused, Gateway.most, Gateway.unit_own,
	Gateway.address,
	Gateway.client.N.{who,port,since,last,requests,answers,exceptions,refusals,waiting,share},
	Gateway.unit.N.{plate,name,line,unit,asked,answered,exceptions,silent,damaged,busy,gone,joined,share,bad},
	Gateway.unit.N.{wait_p50,wait_p99,answer_p50,answer_p99,slowest},
	Gateway.refusal.N.{why,who,what,n,last},
	Gateway.hour.{all,bad,top,label,from,to,begun},
	Gateway.hour.fact.N.{name,value,unit},
	Gateway.hour.minute.N.{at,requests,exceptions,refusals,busy},
	Gateway.port.N.{port,address,line,taken},
	Gateway.rule.N.{network,right,units,registers,first},
	Gateway.known.N.{unit,plate,name,line,own}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:gateway_state() ?>
	<?cs if:Gateway.state == "old" ?>
		<?cs call:notice("alarm", "", "octagon-alert", Lang.traffic.state.old, Lang.home.old_advice) ?>
	<?cs elif:Gateway.state == "none" ?>
		<?cs call:notice("warn", "", "triangle-alert", Lang.traffic.state.none, Lang.traffic.state.none_text) ?>
	<?cs elif:Gateway.state == "closed" ?>
		<?cs call:notice("warn", "", "triangle-alert", Lang.traffic.state.closed, Lang.traffic.state.closed_text) ?>
	<?cs /if ?>
<?cs /def ?>

<?cs def:gateway_th(name) ?><th scope="col" class="u-num"><?cs var:name ?></th><?cs /def ?>
<?cs def:gateway_td(text) ?><td class="u-num"><?cs call:or_dash(text) ?></td><?cs /def ?>

<?cs def:gateway_clients() ?>
	<section class="c-module" aria-labelledby="g1" data-part="clients">
		<div class="c-module__strip">
			<h2 id="g1"><?cs var:Lang.traffic.clients ?></h2>
			<span class="c-module__note"><?cs var:Gateway.clients ?> / <?cs var:Gateway.most ?></span>
		</div>
		<?cs if:#Gateway.clients == #0 ?>
			<div class="c-module__body">
				<h3><?cs var:Lang.traffic.no_clients ?></h3>
				<?cs if:Gateway.address ?><p class="u-gap"><?cs var:Gateway.address ?></p><?cs /if ?>
			</div>
		<?cs else ?>
			<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-labelledby="g1">
				<table class="c-table">
					<thead>
						<tr>
							<th scope="col"><?cs var:Lang.traffic.client ?></th>
							<?cs call:gateway_th(Lang.traffic.port) ?>
							<th scope="col"><?cs var:Lang.traffic.since ?></th>
							<th scope="col"><?cs var:Lang.traffic.last ?></th>
							<?cs call:gateway_th(Lang.traffic.fact.requests) ?>
							<?cs call:gateway_th(Lang.traffic.fact.answers) ?>
							<?cs call:gateway_th(Lang.traffic.fact.exceptions) ?>
							<?cs call:gateway_th(Lang.traffic.fact.refusals) ?>
							<?cs call:gateway_th(Lang.traffic.waiting) ?>
							<?cs call:gateway_th(Lang.traffic.share) ?>
						</tr>
					</thead>
					<tbody>
						<?cs each:c = Gateway.client ?>
							<tr>
								<th scope="row" class="u-nowrap"><?cs var:c.who ?></th>
								<td class="u-num"><?cs var:c.port ?></td>
								<td class="u-nowrap"><?cs var:c.since ?></td>
								<td class="u-nowrap"><?cs call:or_dash(c.last) ?></td>
								<?cs call:gateway_td(c.requests) ?>
								<?cs call:gateway_td(c.answers) ?>
								<?cs call:gateway_td(c.exceptions) ?>
								<?cs call:gateway_td(c.refusals) ?>
								<?cs call:gateway_td(c.waiting) ?>
								<?cs call:gateway_td(c.share) ?>
							</tr>
						<?cs /each ?>
					</tbody>
				</table>
			</div>
		<?cs /if ?>
	</section>
<?cs /def ?>

<?cs def:gateway_hour(h) ?>
	<section class="c-module" aria-labelledby="g2" data-part="hour">
		<?cs call:strip("g2", Lang.traffic.hour, h.begun) ?>
		<div class="c-module__body l-stack">
			<dl class="c-facts c-facts--5">
				<?cs each:f = h.fact ?>
					<div><dt><?cs var:f.name ?></dt><dd><?cs var:f.value ?> <small><?cs var:f.unit ?></small></dd></div>
				<?cs /each ?>
			</dl>
			<div>
				<div class="c-minutes">
					<svg viewBox="0 0 6000 1000" preserveAspectRatio="none" role="img" aria-label="<?cs var:h.label ?>">
						<path class="base" d="M0 1000H6000"/>
						<path d="<?cs var:h.all ?>"/>
						<path class="err" d="<?cs var:h.bad ?>"/>
					</svg>
					<span class="c-minutes__top"><?cs var:h.top ?></span>
				</div>
				<p class="c-gauge-l"><span><?cs var:h.from ?></span><span><?cs var:Lang.traffic.per_minute ?></span><span><?cs var:h.to ?></span></p>
			</div>
			<div class="c-row">
				<ul class="c-legend">
					<?cs call:key("", Lang.traffic.fact.requests) ?>
					<?cs call:key("lost", Lang.traffic.fact.exceptions) ?>
				</ul>
				<details class="c-disclose">
					<summary><?cs call:icon("table") ?><?cs var:Lang.bus.table ?></summary>
					<div class="c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.bus.table ?>">
						<table class="c-table">
							<thead>
								<tr>
									<th scope="col"><?cs var:Lang.by.minute ?></th>
									<?cs call:gateway_th(Lang.traffic.fact.requests) ?>
									<?cs call:gateway_th(Lang.traffic.fact.exceptions) ?>
									<?cs call:gateway_th(Lang.traffic.fact.refusals) ?>
									<?cs call:gateway_th(Lang.traffic.busy_share) ?>
								</tr>
							</thead>
							<tbody>
								<?cs each:m = h.minute ?>
									<tr>
										<th scope="row"><?cs var:m.at ?></th>
										<?cs call:gateway_td(m.requests) ?>
										<?cs call:gateway_td(m.exceptions) ?>
										<?cs call:gateway_td(m.refusals) ?>
										<?cs call:gateway_td(m.busy) ?>
									</tr>
								<?cs /each ?>
							</tbody>
						</table>
					</div>
				</details>
			</div>
		</div>
	</section>
<?cs /def ?>

<?cs def:gateway_units() ?>
	<section class="c-module" aria-labelledby="g3" data-part="units">
		<?cs call:strip("g3", Lang.traffic.units, Lang.traffic.units_note) ?>
		<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-labelledby="g3">
			<table class="c-table c-table--wide">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.bus.device ?></th>
						<th scope="col"><span class="u-hidden"><?cs var:Lang.meters.name ?></span></th>
						<?cs call:gateway_th(Lang.bus.address) ?>
						<?cs call:gateway_th(Lang.traffic.asked) ?>
						<?cs call:gateway_th(Lang.traffic.answered) ?>
						<?cs call:gateway_th(Lang.traffic.fact.exceptions) ?>
						<?cs call:gateway_th(Lang.traffic.silent) ?>
						<?cs call:gateway_th(Lang.traffic.damaged) ?>
						<?cs call:gateway_th(Lang.traffic.busy) ?>
						<?cs call:gateway_th(Lang.traffic.gone) ?>
						<?cs call:gateway_th(Lang.traffic.joined) ?>
						<?cs call:gateway_th(Lang.traffic.wait) ?>
						<?cs call:gateway_th(Lang.traffic.answer) ?>
						<?cs call:gateway_th(Lang.bus.slowest) ?>
						<?cs call:gateway_th(Lang.traffic.share) ?>
					</tr>
				</thead>
				<tbody>
					<?cs each:u = Gateway.unit ?>
						<tr>
							<td><?cs if:u.plate ?><span class="c-plate"><?cs var:u.plate ?></span><?cs /if ?></td>
							<th scope="row"><?cs var:u.name ?></th>
							<td class="u-num u-nowrap"><?cs var:u.line ?> <?cs var:u.unit ?></td>
							<?cs call:gateway_td(u.asked) ?>
							<?cs call:gateway_td(u.answered) ?>
							<?cs call:gateway_td(u.exceptions) ?>
							<?cs call:gateway_td(u.silent) ?>
							<?cs call:gateway_td(u.damaged) ?>
							<?cs call:gateway_td(u.busy) ?>
							<?cs call:gateway_td(u.gone) ?>
							<?cs call:gateway_td(u.joined) ?>
							<td class="u-num u-nowrap"><?cs call:or_dash(u.wait_p50) ?> / <?cs call:or_dash(u.wait_p99) ?></td>
							<td class="u-num u-nowrap"><?cs call:or_dash(u.answer_p50) ?> / <?cs call:or_dash(u.answer_p99) ?></td>
							<?cs call:gateway_td(u.slowest) ?>
							<?cs call:gateway_td(u.share) ?>
						</tr>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
		<p class="c-module__foot c-module__note"><?cs var:Lang.traffic.times_note ?></p>
	</section>
<?cs /def ?>

<?cs def:gateway_refusals() ?>
	<section class="c-module" aria-labelledby="g4" data-part="refusals">
		<?cs call:strip("g4", Lang.traffic.refusals, Lang.traffic.newest) ?>
		<?cs if:#Gateway.refused == #0 ?>
			<div class="c-module__body"><p><?cs var:Lang.traffic.no_refusals ?></p></div>
		<?cs else ?>
			<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-labelledby="g4">
				<table class="c-table">
					<thead>
						<tr>
							<th scope="col"><?cs var:Lang.traffic.why ?></th>
							<th scope="col"><?cs var:Lang.traffic.client ?></th>
							<th scope="col"><?cs var:Lang.traffic.what ?></th>
							<?cs call:gateway_th(Lang.traffic.count) ?>
							<th scope="col"><?cs var:Lang.traffic.last ?></th>
						</tr>
					</thead>
					<tbody>
						<?cs each:r = Gateway.refusal ?>
							<tr>
								<th scope="row"><?cs var:r.why ?></th>
								<td class="u-nowrap"><?cs var:r.who ?></td>
								<td><?cs if:r.what ?><?cs var:r.what ?><?cs else ?>–<?cs /if ?></td>
								<?cs call:gateway_td(r.n) ?>
								<td class="u-nowrap"><?cs var:r.last ?></td>
							</tr>
						<?cs /each ?>
					</tbody>
				</table>
			</div>
		<?cs /if ?>
	</section>
<?cs /def ?>

<?cs def:gateway_ports() ?>
	<section class="c-module" aria-labelledby="g5">
		<?cs call:strip("g5", Lang.traffic.ports, "") ?>
		<div class="c-module__body l-stack">
			<ul class="c-lines">
				<?cs each:p = Gateway.port ?>
					<li>
						<b><?cs var:Lang.traffic.port ?> <?cs var:p.port ?></b>
						<?cs if:p.address ?>(<?cs var:p.address ?>)<?cs /if ?> <?cs if:p.line ?><?cs var:Lang.traffic.forwards ?> <?cs var:p.line ?><?cs else ?><?cs var:Lang.traffic.all_units ?><?cs /if ?>
						<?cs if:#p.taken ?><p class="u-alarm"><?cs var:Lang.traffic.taken ?></p><?cs /if ?>
					</li>
				<?cs /each ?>
				<?cs if:!?Gateway.port.0.port ?><li><?cs var:Lang.traffic.no_ports ?></li><?cs /if ?>
			</ul>
			<h3><?cs var:Lang.traffic.rules ?></h3>
			<?cs if:?Gateway.rule.0.network ?>
				<ol class="c-lines">
					<?cs each:r = Gateway.rule ?>
						<li>
							<b><?cs var:r.network ?></b> <?cs var:r.right ?>
							<?cs if:r.units ?>, <?cs var:Lang.traffic.units_of ?> <?cs var:r.units ?><?cs /if ?>
							<?cs if:r.registers ?>, <?cs var:Lang.traffic.registers_of ?> <?cs var:r.registers ?><?cs /if ?>
							<?cs if:#r.first ?>, <?cs var:Lang.traffic.first ?><?cs /if ?>
						</li>
					<?cs /each ?>
				</ol>
				<p class="c-module__note"><?cs var:Lang.traffic.rules_note ?></p>
			<?cs else ?>
				<p><?cs var:Lang.traffic.rules_none ?></p>
			<?cs /if ?>
			<p><a class="c-btn" href="/gateway/rules"><?cs var:Lang.traffic.change ?></a></p>
		</div>
	</section>
<?cs /def ?>

<?cs def:gateway_known() ?>
	<section class="c-module" aria-labelledby="g6">
		<?cs call:strip("g6", Lang.traffic.known, "") ?>
		<div class="c-module__body c-module__body--flush">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.traffic.unit ?></th>
						<th scope="col"><?cs var:Lang.bus.device ?></th>
						<th scope="col"><span class="u-hidden"><?cs var:Lang.meters.name ?></span></th>
						<?cs call:gateway_th(Lang.bus.address) ?>
					</tr>
				</thead>
				<tbody>
					<?cs each:k = Gateway.known ?>
						<tr>
							<th scope="row"><?cs var:k.unit ?></th>
							<td><span class="c-plate"><?cs var:k.plate ?></span></td>
							<td><?cs var:k.name ?></td>
							<td class="u-num u-nowrap"><?cs var:k.line ?> <?cs var:k.own ?></td>
						</tr>
					<?cs /each ?>
					<?cs if:#Gateway.unit_own ?>
						<tr>
							<th scope="row"><?cs var:Gateway.unit_own ?></th>
							<td></td>
							<td><?cs var:Lang.traffic.itself ?></td>
							<td class="u-num"><a href="/gateway/map"><?cs var:Lang.traffic.map ?></a></td>
						</tr>
					<?cs /if ?>
				</tbody>
			</table>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main" data-renew="5">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.traffic.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.traffic.text ?></p>
		</div>
		<div class="c-tools">
			<a class="c-btn" href="/gateway/frames"><?cs call:icon("audio-waveform") ?><?cs var:Lang.frames.title ?></a>
			<a class="c-btn" href="/gateway/map"><?cs call:icon("table") ?><?cs var:Lang.traffic.map ?></a>
			<a class="c-btn" href="/gateway/reset"><?cs var:Lang.traffic.reset_dots ?></a>
		</div>
	</div>
	<div class="l-notices" data-part="state"><?cs call:form_done() ?><?cs call:gateway_state() ?></div>
	<div class="l-stack">
		<?cs call:gateway_clients() ?>
		<?cs if:?Gateway.hour.all ?><?cs call:gateway_hour(Gateway.hour) ?><?cs /if ?>
		<?cs if:#Gateway.units ?><?cs call:gateway_units() ?><?cs /if ?>
		<?cs call:gateway_refusals() ?>
		<div class="l-grid l-grid--1-1">
			<?cs call:gateway_ports() ?>
			<?cs call:gateway_known() ?>
		</div>
	</div>
</main>
