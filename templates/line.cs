<?cs #
	Form.csrf,
	Line.{name,kind,settings,path,opened,pause,state,says,why,devices,plates,trial,trial_kind,trying,budget,much},
	Line.speed.N.{baud,now,much,load,round}
?>
<?cs include!"settings.cs" ?>
<?cs include!"line_form.cs" ?>

<?cs def:line_speeds() ?>
	<table class="c-table">
		<thead>
			<tr>
				<th scope="col"><?cs var:Lang.line.baud ?></th>
				<th scope="col" class="u-num"><?cs var:Lang.bus.fact.load ?>, %</th>
				<th scope="col" class="u-num"><?cs var:Lang.bus.fact.round ?>, s</th>
				<th scope="col"><span class="u-hidden"><?cs var:Lang.line.in_force ?></span></th>
			</tr>
		</thead>
		<tbody>
			<?cs each:s = Line.speed ?>
				<tr>
					<th scope="row"><?cs if:#s.now ?><strong><?cs var:s.baud ?></strong><?cs else ?><?cs var:s.baud ?><?cs /if ?></th>
					<td class="u-num<?cs if:#s.much ?> u-alarm<?cs /if ?>"><?cs var:s.load ?></td>
					<td class="u-num"><?cs var:s.round ?></td>
					<td><?cs if:#s.now ?><?cs var:Lang.line.in_force ?><?cs elif:#s.much ?><span class="u-alarm"><?cs var:Lang.line.too_slow ?></span><?cs /if ?></td>
				</tr>
			<?cs /each ?>
		</tbody>
	</table>
<?cs /def ?>

<main class="l-page" id="main"<?cs if:#Line.trying ?> data-renew="2"<?cs /if ?>>
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs if:Line.kind == "rtu" ?><?cs var:Lang.bus.rtu ?><?cs else ?><?cs var:Lang.bus.tcp ?><?cs /if ?> <?cs var:Line.name ?></h1>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("rs485") ?>
		<div class="l-stack l-narrow">
			<?cs call:form_done() ?>
			<section class="c-module" aria-labelledby="l1" data-part="state">
				<?cs call:strip("l1", Lang.line.now, "") ?>
				<div class="c-module__body l-stack">
					<?cs call:line_trial(Line) ?>
					<?cs call:line_state(Line) ?>
				</div>
			</section>
			<section class="c-module" aria-labelledby="l2">
				<?cs call:strip("l2", Lang.line.settings, "") ?>
				<div class="c-module__body">
					<form class="c-form" method="post" action="/settings/rs485/<?cs var:Line.name ?>" novalidate>
						<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
						<input type="hidden" name="kind" value="<?cs var:Line.kind ?>">
						<?cs call:form_wrong() ?>
						<?cs call:line_fields() ?>
						<?cs if:#Line.devices ?><?cs call:notice("", "", "info", "", Lang.line.try_note) ?><?cs /if ?>
						<?cs if:#Line.devices ?>
							<?cs call:form_close(Lang.line.save_try, "/settings/rs485") ?>
						<?cs else ?>
							<?cs call:form_close(Lang.line.save, "/settings/rs485") ?>
						<?cs /if ?>
				</div>
			</section>
			<?cs if:?Line.speed.0.baud ?>
				<section class="c-module" aria-labelledby="l3">
					<?cs call:strip("l3", Lang.line.speeds, "") ?>
					<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-labelledby="l3"><?cs call:line_speeds() ?></div>
				</section>
			<?cs /if ?>
		</div>
	</div>
</main>
