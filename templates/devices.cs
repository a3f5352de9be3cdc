<?cs #
	Devices.n, Devices.used, Devices.gone, Devices.breakers,
	Devices.by.N.{id,name,here},
	Devices.section.N.{name,note,burden.load,burden.round,burden.much},
	Devices.section.N.device.N.{plate,name,path,test,state,says,line,unit,every,type,medium},
	Devices.removed.N.{id,plate,since},
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:restore(id, button) ?>
	<form class="c-inline" method="post" action="/devices">
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<input type="hidden" name="id" value="<?cs var:id ?>">
		<button class="c-btn c-btn--s" type="submit"><?cs var:button ?></button>
	</form>
<?cs /def ?>

<?cs # the newest removal, with its way back ?>
<?cs def:gone() ?>
	<div class="c-notice" role="status">
		<?cs call:icon("circle-check") ?>
		<div class="c-notice__b"><p><?cs var:Devices.gone ?></p></div>
		<?cs call:restore(Devices.removed.0.id, Lang.devices.undo) ?>
	</div>
<?cs /def ?>

<?cs def:device_row(d) ?>
	<tr role="row">
		<td role="cell" class="k-plate"><span class="c-plate"><?cs var:d.plate ?></span></td>
		<th role="rowheader" scope="row" class="k-name"><a href="<?cs var:d.path ?>"><?cs var:d.name ?></a></th>
		<td role="cell" class="k-more k-wide"><?cs var:d.medium ?></td>
		<td role="cell" class="k-type"><?cs call:or_dash(d.type) ?></td>
		<td role="cell" class="k-unit" data-label="<?cs var:Lang.devices.line_unit ?>"><?cs var:d.line ?> <b><?cs var:d.unit ?></b></td>
		<td role="cell" class="k-more k-wide u-num"><?cs var:d.every ?></td>
		<td role="cell" class="k-state"><span class="c-state c-state--<?cs var:d.state ?>"><?cs var:d.says ?></span></td>
		<td role="cell" class="k-act u-num"><a class="c-btn c-btn--s" href="<?cs var:d.test ?>"><?cs var:Lang.devices.test ?><span class="u-hidden"> <?cs var:d.plate ?></span></a></td>
	</tr>
<?cs /def ?>

<?cs def:heads() ?>
	<tr role="row">
		<th role="columnheader" scope="col"><span class="u-hidden"><?cs var:Lang.devices.plate ?></span></th>
		<th role="columnheader" scope="col"><?cs var:Lang.devices.name ?></th>
		<th role="columnheader" scope="col" class="k-wide"><?cs var:Lang.devices.medium ?></th>
		<th role="columnheader" scope="col"><?cs var:Lang.devices.type ?></th>
		<th role="columnheader" scope="col"><?cs var:Lang.devices.line_unit ?></th>
		<th role="columnheader" scope="col" class="k-wide u-num"><?cs var:Lang.devices.every_s ?></th>
		<th role="columnheader" scope="col"><?cs var:Lang.devices.state ?></th>
		<td role="cell"></td>
	</tr>
<?cs /def ?>

<?cs def:section_foot(s) ?>
	<div class="c-module__foot">
		<span><?cs var:Lang.devices.share ?> <b><?cs var:s.burden.load ?></b></span>
		<span><?cs var:Lang.devices.round ?> <b><?cs var:s.burden.round ?></b></span>
		<?cs if:#s.burden.much ?><span class="u-alarm"><?cs var:Lang.devices.much ?></span><?cs /if ?>
	</div>
<?cs /def ?>

<?cs def:section(s, id) ?>
	<section class="c-module" aria-labelledby="s-<?cs var:id ?>">
		<?cs call:strip("s-" + id, s.name, s.note) ?>
		<div class="c-module__body c-module__body--flush">
			<table class="c-table c-table--cards c-table--devices" role="table">
				<thead role="rowgroup"><?cs call:heads() ?></thead>
				<tbody role="rowgroup">
					<?cs each:d = s.device ?><?cs call:device_row(d) ?><?cs /each ?>
				</tbody>
			</table>
		</div>
		<?cs if:?s.burden.load ?><?cs call:section_foot(s) ?><?cs /if ?>
	</section>
<?cs /def ?>

<?cs def:by(b) ?>
	<a href="/devices?by=<?cs var:b.id ?>"<?cs if:#b.here ?> aria-current="true"<?cs /if ?>><?cs var:b.name ?></a>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.devices.title ?></h1>
			<p class="l-head__sub"><?cs var:Devices.used ?></p>
		</div>
		<div class="c-actions">
			<a class="c-btn c-btn--primary" href="/devices/add"><?cs call:icon("plus") ?><?cs var:Lang.devices.add ?></a>
			<a class="c-btn" href="/devices/scan"><?cs call:icon("radar") ?><?cs var:Lang.devices.scan ?></a>
			<?cs if:#Devices.breakers ?><a class="c-btn" href="/breakers"><?cs var:Lang.breaker.title ?></a><?cs /if ?>
			<a class="c-btn" href="/profiles"><?cs call:icon("table") ?><?cs var:Lang.profiles.title ?></a>
		</div>
	</div>
	<?cs call:form_done() ?>
	<?cs call:form_wrong() ?>
	<?cs if:?Devices.gone ?><?cs call:gone() ?><?cs /if ?>
	<?cs if:#Devices.n == #0 ?>
		<section class="c-module c-empty">
			<div class="c-module__body">
				<?cs call:icon("server") ?>
				<h2><?cs var:Lang.devices.empty ?></h2>
				<p><?cs var:Lang.devices.empty_text ?></p>
				<a class="c-btn c-btn--primary" href="/devices/scan"><?cs call:icon("radar") ?><?cs var:Lang.devices.scan ?></a>
			</div>
		</section>
	<?cs else ?>
		<div class="l-stack">
			<nav class="c-segment c-segment--wide" aria-label="<?cs var:Lang.devices.by ?>">
				<?cs each:b = Devices.by ?><?cs call:by(b) ?><?cs /each ?>
			</nav>
			<?cs each:s = Devices.section ?><?cs call:section(s, name(s)) ?><?cs /each ?>
		</div>
	<?cs /if ?>
	<?cs if:subcount(Devices.removed) > #0 ?>
		<details class="c-disclose c-after">
			<summary><?cs var:Lang.devices.were_removed ?></summary>
			<section class="c-module">
				<div class="c-module__body c-module__body--flush">
					<table class="c-table">
						<tbody>
							<?cs each:r = Devices.removed ?>
								<tr>
									<th scope="row"><span class="c-plate"><?cs var:r.plate ?></span></th>
									<td><?cs var:r.since ?></td>
									<td class="u-num"><?cs call:restore(r.id, Lang.devices.restore) ?></td>
								</tr>
							<?cs /each ?>
						</tbody>
					</table>
				</div>
			</section>
		</details>
	<?cs /if ?>
</main>
