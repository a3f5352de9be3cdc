<?cs #
	Meters.n, Meters.advice,
	Meters.medium.N.{name,id,n},
	Meters.medium.N.device.N.{plate,name,path,state,says,medium,live,value,mean,hour,today}
?>
<?cs include!"layout.cs" ?>

<?cs def:medium_icon(id) ?>
	<?cs if:id == "electricity" ?>
		<?cs call:icon("zap") ?>
	<?cs elif:id == "water" ?>
		<?cs call:icon("droplet") ?>
	<?cs elif:id == "gas" ?>
		<?cs call:icon("flame") ?>
	<?cs else ?>
		<?cs call:icon("gauge") ?>
	<?cs /if ?>
<?cs /def ?>

<?cs def:unit(name) ?><span class="c-table__unit"><?cs var:name ?></span><?cs /def ?>
<?cs def:none() ?><span class="u-mute">–</span><?cs /def ?>

<?cs # power now, or its mean of the last minutes; what is counted: the last hour ?>
<?cs def:now(d, medium) ?>
	<?cs if:?d.live ?>
		<b data-live="<?cs var:d.live ?>"><?cs call:or_dash(d.value.n) ?></b> <?cs call:unit("kW") ?>
	<?cs elif:?d.mean.n ?>
		<span class="u-mute"><?cs var:Lang.meters.mean ?></span>
		<b><?cs var:d.mean.n ?></b> <?cs call:unit(d.mean.u) ?>
	<?cs elif:medium != "electricity" && ?d.hour.n ?>
		<b><?cs var:d.hour.n ?></b> <?cs call:unit(d.hour.u) ?>
	<?cs else ?>
		<?cs call:none() ?>
	<?cs /if ?>
<?cs /def ?>

<?cs # roles: on a narrow screen the table is laid out as a grid, and is still one to be heard ?>
<?cs def:row(d, medium) ?>
	<tr role="row"<?cs if:d.state != "ok" ?> class="is-stale"<?cs /if ?>>
		<td role="cell" class="k-plate"><span class="c-plate"><?cs var:d.plate ?></span></td>
		<th role="rowheader" scope="row" class="k-name">
			<a href="<?cs var:d.path ?>"><?cs var:d.name ?></a>
		</th>
		<td role="cell" class="k-state">
			<span class="c-state c-state--<?cs var:d.state ?>"><?cs var:d.says ?></span>
		</td>
		<td role="cell" class="u-num k-now"><?cs call:now(d, medium) ?></td>
		<td role="cell" class="u-num k-today" data-label="<?cs var:Lang.meters.today ?>">
			<?cs if:?d.today.n ?>
				<?cs var:d.today.n ?> <?cs call:unit(d.today.u) ?>
			<?cs else ?>
				<?cs call:none() ?>
			<?cs /if ?>
		</td>
	</tr>
<?cs /def ?>

<?cs def:heads(now) ?>
	<tr role="row">
		<th scope="col" role="columnheader" class="k-plate">
			<span class="u-hidden"><?cs var:Lang.meters.plate ?></span>
		</th>
		<th scope="col" role="columnheader"><?cs var:Lang.meters.name ?></th>
		<th scope="col" role="columnheader"><?cs var:Lang.meters.state ?></th>
		<th scope="col" role="columnheader" class="u-num"><?cs var:now ?></th>
		<th scope="col" role="columnheader" class="u-num"><?cs var:Lang.meters.today ?></th>
	</tr>
<?cs /def ?>

<?cs def:medium(m) ?>
	<section class="c-module" aria-labelledby="m-<?cs var:m.id ?>">
		<div class="c-module__strip">
			<h2 id="m-<?cs var:m.id ?>" class="c-medium c-medium--<?cs var:m.id ?>">
				<?cs call:medium_icon(m.id) ?>
				<?cs var:m.name ?>
			</h2>
		</div>
		<div class="c-module__body c-module__body--flush">
			<table class="c-table c-table--meters" role="table">
				<thead role="rowgroup">
					<?cs if:m.id == "electricity" ?>
						<?cs call:heads(Lang.meters.now) ?>
					<?cs else ?>
						<?cs call:heads(Lang.meters.hour) ?>
					<?cs /if ?>
				</thead>
				<tbody role="rowgroup">
					<?cs each:d = m.device ?>
						<?cs call:row(d, m.id) ?>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main" data-poll="/api/v1/live?as=text" data-every="2">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.menu.meters ?></h1>
		</div>
		<a class="c-btn" href="/download"><?cs call:icon("download") ?><?cs var:Lang.download.title ?></a>
	</div>
	<?cs if:#Meters.n == #0 ?>
		<?cs call:no_devices(Meters.advice) ?>
	<?cs else ?>
		<div class="l-stack">
			<?cs each:m = Meters.medium ?>
				<?cs if:#m.n > #0 ?><?cs call:medium(m) ?><?cs /if ?>
			<?cs /each ?>
		</div>
	<?cs /if ?>
</main>
