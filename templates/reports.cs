<?cs #
	Form.csrf,
	Reports.{n,off,away},
	Reports.to.N.{id,address,lang,daily,weekly,monthly,events},
	Reports.mail.N.{at,address,letter,state,fares,says,said}
?>
<?cs include!"post.cs" ?>

<?cs def:reports_gets(r) ?>
	<?cs if:#r.daily ?><span class="c-tag"><?cs var:Lang.reports.daily ?></span> <?cs /if ?>
	<?cs if:#r.weekly ?><span class="c-tag"><?cs var:Lang.reports.weekly ?></span> <?cs /if ?>
	<?cs if:#r.monthly ?><span class="c-tag"><?cs var:Lang.reports.monthly ?></span> <?cs /if ?>
	<?cs if:#r.events ?><span class="c-tag"><?cs var:Lang.reports.events ?></span><?cs /if ?>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.reports.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.reports.text ?></p>
		</div>
		<div class="c-tools">
			<a class="c-btn c-btn--primary" href="/settings/reports/new"><?cs call:icon("plus") ?><?cs var:Lang.reports.add ?></a>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("reports") ?>
		<div class="l-stack">
			<?cs call:form_done() ?>
			<?cs if:#Reports.off ?><?cs call:notice("warn", "", "triangle-alert", "", Lang.reports.off) ?><?cs /if ?>
			<?cs if:#Reports.away ?><?cs call:notice("warn", "", "triangle-alert", "", Lang.post.away) ?><?cs /if ?>
			<section class="c-module" aria-labelledby="r1">
				<?cs call:strip("r1", Lang.reports.who, "") ?>
				<?cs if:#Reports.n ?>
					<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.table ?>, <?cs var:Lang.reports.who ?>">
						<table class="c-table">
							<thead>
								<tr>
									<th scope="col"><?cs var:Lang.reports.address ?></th>
									<th scope="col"><?cs var:Lang.language ?></th>
									<th scope="col"><?cs var:Lang.reports.gets ?></th>
								</tr>
							</thead>
							<tbody>
								<?cs each:r = Reports.to ?>
									<tr>
										<th scope="row"><a href="/settings/reports/<?cs var:r.id ?>"><?cs var:r.address ?></a></th>
										<td><?cs var:r.lang ?></td>
										<td><?cs call:reports_gets(r) ?></td>
									</tr>
								<?cs /each ?>
							</tbody>
						</table>
					</div>
				<?cs else ?>
					<div class="c-module__body"><p><?cs var:Lang.reports.nobody ?></p></div>
				<?cs /if ?>
			</section>
			<section class="c-module" aria-labelledby="r2">
				<?cs call:strip("r2", Lang.reports.when, "") ?>
				<div class="c-module__body">
					<?cs call:form_open("/settings/reports") ?>
						<?cs call:field_short("time", Lang.reports.time, Lang.reports.time_hint) ?>
						<?cs call:form_close(Lang.reports.save, "") ?>
				</div>
			</section>
			<section class="c-module" aria-labelledby="r3">
				<?cs call:strip("r3", Lang.reports.last, "") ?>
				<?cs if:?Reports.mail.0.state ?>
					<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.table ?>, <?cs var:Lang.reports.last ?>">
						<table class="c-table c-table--cards" role="table">
							<thead role="rowgroup">
								<tr role="row">
									<th scope="col" role="columnheader"><?cs var:Lang.reports.at ?></th>
									<th scope="col" role="columnheader"><?cs var:Lang.reports.letter ?></th>
									<th scope="col" role="columnheader"><?cs var:Lang.reports.address ?></th>
									<th scope="col" role="columnheader"><?cs var:Lang.reports.fares ?></th>
								</tr>
							</thead>
							<tbody role="rowgroup">
								<?cs each:m = Reports.mail ?>
									<tr role="row">
										<td class="k-plate" role="cell"><?cs var:m.at ?></td>
										<td class="k-name" role="cell"><?cs var:m.letter ?></td>
										<td class="k-state" role="cell"><?cs var:m.address ?></td>
										<td class="k-state" role="cell"><?cs var:m.fares ?><?cs if:m.says ?>. <?cs var:m.says ?><?cs /if ?><?cs if:m.said ?> <small><?cs var:m.said ?></small><?cs /if ?></td>
									</tr>
								<?cs /each ?>
							</tbody>
						</table>
					</div>
				<?cs else ?>
					<div class="c-module__body"><p><?cs var:Lang.reports.none ?></p></div>
				<?cs /if ?>
			</section>
		</div>
	</div>
</main>
