<?cs #
	Map.n, Map.full,
	Map.state.N.{at,type,name,unit},
	Map.slot.N.{at,reference,plate,name,unit,decimals}
?>
<?cs include!"layout.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.map.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.map.text ?></p>
		</div>
		<div class="c-tools">
			<a class="c-btn c-btn--primary" href="/csv/gateway-map.csv"><?cs call:icon("download") ?><?cs var:Lang.map.csv ?></a>
			<a class="c-btn" href="/gateway"><?cs var:Lang.map.back ?></a>
		</div>
	</div>
	<div class="l-stack">
		<section class="c-module" aria-labelledby="m1">
			<?cs call:strip("m1", Lang.map.slot_how, "") ?>
			<div class="c-module__body l-stack">
				<p><?cs var:Lang.map.how ?></p>
				<ul class="c-lines">
					<li><b>+0</b> <?cs var:Lang.map.part_value ?></li>
					<li><b>+2</b> <?cs var:Lang.map.part_stored ?></li>
					<li><b>+6</b> <?cs var:Lang.map.part_quality ?></li>
					<li><b>+7</b> <?cs var:Lang.map.part_age ?></li>
				</ul>
				<p class="c-module__note"><?cs var:Lang.map.stable ?></p>
				<?cs if:#Map.full ?><?cs call:notice("warn", "", "triangle-alert", "", Lang.map.full) ?><?cs /if ?>
			</div>
		</section>
		<section class="c-module" aria-labelledby="m2">
			<?cs call:strip("m2", Lang.map.values, "") ?>
			<?cs if:#Map.n == #0 ?>
				<div class="c-module__body"><p><?cs var:Lang.map.empty ?></p></div>
			<?cs else ?>
				<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-labelledby="m2">
					<table class="c-table">
						<thead>
							<tr>
								<th scope="col"><?cs var:Lang.map.register ?></th>
								<th scope="col"><?cs var:Lang.map.reference ?></th>
								<th scope="col"><?cs var:Lang.bus.device ?></th>
								<th scope="col"><?cs var:Lang.meter.quantity ?></th>
								<th scope="col"><?cs var:Lang.map.unit ?></th>
								<th scope="col" class="u-num"><?cs var:Lang.map.decimals ?></th>
							</tr>
						</thead>
						<tbody>
							<?cs each:s = Map.slot ?>
								<tr>
									<th scope="row"><?cs var:s.at ?></th>
									<td class="u-mute"><?cs var:s.reference ?></td>
									<td><?cs if:s.plate ?><span class="c-plate"><?cs var:s.plate ?></span><?cs else ?><span class="u-mute"><?cs var:Lang.map.removed ?></span><?cs /if ?></td>
									<td><?cs call:or_dash(s.name) ?></td>
									<td><?cs call:or_dash(s.unit) ?></td>
									<td class="u-num"><?cs call:or_dash(s.decimals) ?></td>
								</tr>
							<?cs /each ?>
						</tbody>
					</table>
				</div>
			<?cs /if ?>
		</section>
		<section class="c-module" aria-labelledby="m3">
			<?cs call:strip("m3", Lang.map.states, "") ?>
			<div class="c-module__body c-module__body--flush">
				<table class="c-table">
					<thead>
						<tr>
							<th scope="col"><?cs var:Lang.map.register ?></th>
							<th scope="col"><?cs var:Lang.map.type ?></th>
							<th scope="col"><?cs var:Lang.meters.name ?></th>
							<th scope="col"><?cs var:Lang.map.unit ?></th>
						</tr>
					</thead>
					<tbody>
						<?cs each:s = Map.state ?>
							<tr>
								<th scope="row"><?cs var:s.at ?></th>
								<td><?cs var:s.type ?></td>
								<td><?cs var:s.name ?></td>
								<td><?cs var:s.unit ?></td>
							</tr>
						<?cs /each ?>
					</tbody>
				</table>
			</div>
		</section>
	</div>
</main>
