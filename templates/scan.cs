<?cs #
	Form.csrf, Form.wrong, Form.done, Page.again,
	Scan.lines, Scan.usual,
	Scan.job.{id,running,paused,word,kind,answer,advice,at,who,done,total},
	Scan.job.{progress,left,line,range,speeds,serial,empty,n,new,unsure},
	Scan.job.found.N.{unit,speed,time,as,tag,word,says,plate,path,link,pick,sure,ticked,set}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"exchange.cs" ?>

<?cs # a button of the scan that goes on ?>
<?cs def:scan_button(do, kind, icon, name) ?>
	<form class="c-inline" method="post" action="/devices/scan">
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<input type="hidden" name="job" value="<?cs var:Scan.job.id ?>">
		<input type="hidden" name="do" value="<?cs var:do ?>">
		<button class="c-btn<?cs if:kind ?> c-btn--<?cs var:kind ?><?cs /if ?>" type="submit">
			<?cs call:icon(icon) ?>
			<?cs var:name ?>
		</button>
	</form>
<?cs /def ?>

<?cs def:scan_facts() ?>
	<p class="c-scan__where">
		<?cs var:Lang.scan.line ?> <?cs var:Scan.job.line ?>, <?cs var:Lang.scan.addresses ?> <?cs var:Scan.job.range ?><?cs if:Scan.job.speeds ?>, <?cs var:Scan.job.speeds ?><?cs /if ?>
	</p>
<?cs /def ?>

<?cs def:scan_progress() ?>
	<section class="c-module" aria-labelledby="s-progress">
		<div class="c-module__strip">
			<h2 id="s-progress">
				<?cs if:#Scan.job.paused ?><?cs var:Lang.scan.rests ?><?cs else ?><?cs var:Lang.scan.goes_on ?><?cs /if ?>
			</h2>
			<span class="c-module__note"><?cs var:Scan.job.at ?>, <?cs var:Scan.job.who ?></span>
		</div>
		<div class="c-module__body l-stack">
			<div data-part="progress" class="c-scan">
				<?cs call:job_progress(Scan.job, Lang.scan.title) ?>
				<p class="c-row">
					<b><?cs var:Scan.job.progress ?></b>
					<span class="u-mute"><?cs var:Scan.job.left ?></span>
				</p>
				<?cs call:scan_facts() ?>
			</div>
			<div class="c-actions">
				<?cs if:#Scan.job.paused ?>
					<?cs call:scan_button("go", "primary", "play", Lang.scan.go) ?>
				<?cs else ?>
					<?cs call:scan_button("pause", "", "pause", Lang.scan.pause) ?>
				<?cs /if ?>
				<?cs call:scan_button("stop", "", "x", Lang.scan.stop) ?>
			</div>
			<p class="c-field__hint"><?cs var:Lang.scan.leave ?></p>
		</div>
	</section>
<?cs /def ?>

<?cs # the last cell: what can be done with it ?>
<?cs def:found_act(f) ?>
	<?cs if:f.pick && #f.sure ?>
		<button class="c-btn c-btn--s" type="submit" name="add" value="<?cs var:f.unit ?>" aria-label="<?cs var:Lang.scan.add ?>: <?cs var:Lang.scan.address ?> <?cs var:f.unit ?>">
			<?cs call:icon("plus") ?>
			<?cs var:Lang.scan.add ?>
		</button>
	<?cs elif:f.link ?>
		<a class="c-btn c-btn--s" href="<?cs var:f.link ?>" aria-label="<?cs var:Lang.scan.add_more ?> <?cs var:Lang.scan.address ?> <?cs var:f.unit ?>">
			<?cs call:icon("plus") ?>
			<?cs var:Lang.scan.add_more ?>
		</a>
	<?cs elif:f.set ?>
		<a class="c-btn c-btn--s c-btn--quiet" href="<?cs var:f.set ?>" aria-label="<?cs var:Lang.scan.set_line ?> <?cs var:Lang.scan.address ?> <?cs var:f.unit ?>"><?cs var:Lang.scan.set_line ?></a>
	<?cs elif:f.path ?>
		<a class="c-btn c-btn--s c-btn--quiet" href="<?cs var:f.path ?>" aria-label="<?cs var:Lang.scan.look ?> <?cs var:f.plate ?>"><?cs var:Lang.scan.look ?></a>
	<?cs /if ?>
<?cs /def ?>

<?cs def:found(f) ?>
	<tr role="row" class="is-<?cs var:f.tag ?>">
		<td role="cell" class="k-pick">
			<?cs if:f.pick && !#Scan.job.running ?>
				<input class="c-tick" type="checkbox" name="<?cs var:f.pick ?>" value="<?cs var:f.unit ?>"<?cs if:#f.ticked ?> checked<?cs /if ?>
					aria-label="<?cs var:Lang.scan.address ?> <?cs var:f.unit ?>">
			<?cs /if ?>
		</td>
		<td role="cell" class="k-unit"><b><?cs var:f.unit ?></b></td>
		<th role="rowheader" scope="row" class="k-as"><?cs var:f.as ?></th>
		<td role="cell" class="k-tag">
			<span class="c-tag c-tag--<?cs var:f.tag ?>"><?cs var:f.word ?></span><?cs if:f.plate ?> <span class="c-plate<?cs if:f.pick ?> c-plate--soft<?cs /if ?>"><?cs var:f.plate ?></span><?cs /if ?> <?cs var:f.says ?>
		</td>
		<td role="cell" class="u-num k-time"><?cs var:f.time ?></td>
		<td role="cell" class="k-speed"><?cs var:f.speed ?></td>
		<td role="cell" class="k-act"><?cs call:found_act(f) ?></td>
	</tr>
<?cs /def ?>

<?cs def:found_head(name, class) ?>
	<th role="columnheader" scope="col"<?cs if:class ?> class="<?cs var:class ?>"<?cs /if ?>><?cs var:name ?></th>
<?cs /def ?>

<?cs def:found_table() ?>
	<table class="c-table c-table--found" role="table">
		<thead role="rowgroup">
			<tr role="row">
				<td role="cell"></td>
				<?cs call:found_head(Lang.scan.address, "") ?>
				<?cs call:found_head(Lang.scan.as, "") ?>
				<?cs call:found_head(Lang.scan.place, "") ?>
				<?cs call:found_head(Lang.scan.time, "u-num") ?>
				<?cs call:found_head(Lang.scan.speed, "") ?>
				<td role="cell"></td>
			</tr>
		</thead>
		<tbody role="rowgroup">
			<?cs each:f = Scan.job.found ?><?cs call:found(f) ?><?cs /each ?>
		</tbody>
	</table>
<?cs /def ?>

<?cs def:scan_found() ?>
	<form method="post" action="/devices/scan" data-part="found">
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<input type="hidden" name="job" value="<?cs var:Scan.job.id ?>">
		<input type="hidden" name="do" value="add">
		<section class="c-module" aria-labelledby="s-found">
			<div class="c-module__strip">
				<h2 id="s-found"><?cs var:Lang.scan.found ?> <span class="u-mute"><?cs var:Scan.job.n ?></span></h2>
				<?cs if:!#Scan.job.running ?><span class="c-module__note"><?cs var:Scan.job.at ?>, <?cs var:Scan.job.who ?></span><?cs /if ?>
			</div>
			<div class="c-module__body c-module__body--flush">
				<?cs if:!#Scan.job.running ?><div class="c-pad"><?cs call:scan_facts() ?></div><?cs /if ?>
				<?cs if:#Scan.job.n > #0 ?>
					<?cs call:found_table() ?>
				<?cs elif:#Scan.job.running ?>
					<p class="c-pad u-mute"><?cs var:Lang.scan.nobody_yet ?></p>
				<?cs /if ?>
			</div>
			<?cs if:#Scan.job.new > #0 && !#Scan.job.running ?>
				<div class="c-module__foot">
					<?cs if:#Scan.job.unsure > #0 ?><?cs call:field_select("type", Lang.scan.type, Lang.scan.type_hint) ?><?cs /if ?>
					<button class="c-btn c-btn--primary" type="submit"><?cs call:icon("plus") ?> <?cs var:Lang.scan.add_all ?></button>
					<span class="u-mute"><?cs var:Lang.scan.add_hint ?></span>
				</div>
			<?cs /if ?>
		</section>
	</form>
<?cs /def ?>

<?cs # a scan that is over and found nobody, or could not be done ?>
<?cs def:scan_nobody() ?>
	<section class="c-module c-empty">
		<div class="c-module__body">
			<?cs call:icon("unplug") ?>
			<h2><?cs var:Scan.job.empty ?></h2>
			<p><?cs var:Lang.scan.nobody_text ?></p>
			<?cs if:#Scan.job.serial ?>
				<form method="post" action="/devices/scan">
					<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
					<input type="hidden" name="do" value="scan">
					<input type="hidden" name="line" value="<?cs var:Scan.job.line ?>">
					<input type="hidden" name="first" value="1">
					<input type="hidden" name="last" value="247">
					<input type="hidden" name="speeds" value="<?cs var:Scan.usual ?>">
					<button class="c-btn c-btn--primary" type="submit"><?cs call:icon("radar") ?> <?cs var:Lang.scan.try_speeds ?></button>
				</form>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:scan_form() ?>
	<section class="c-module" aria-labelledby="s-form">
		<?cs call:strip("s-form", Lang.scan.form, "") ?>
		<div class="c-module__body">
			<?cs call:form_open("/devices/scan") ?>
				<input type="hidden" name="do" value="scan">
				<?cs call:field_select("line", Lang.scan.line, "") ?>
				<div class="c-pair">
					<?cs call:field_number("first", Lang.scan.first, "", "") ?>
					<?cs call:field_number("last", Lang.scan.last, "", "") ?>
				</div>
				<?cs call:field_list("speeds", Lang.scan.speeds, Lang.scan.speeds_hint) ?>
			<?cs call:form_close(Lang.scan.button, "/devices") ?>
		</div>
	</section>
<?cs /def ?>

<main class="l-page"<?cs call:job_main() ?>>
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.scan.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.scan.text ?></p>
		</div>
	</div>
	<?cs call:form_done() ?>
	<?cs if:#Scan.lines == #0 ?>
		<section class="c-module c-empty">
			<div class="c-module__body">
				<?cs call:icon("unplug") ?>
				<h2><?cs var:Lang.scan.no_line ?></h2>
				<p><?cs var:Lang.scan.no_line_text ?></p>
				<p><a class="c-btn c-btn--primary" href="/settings/rs485"><?cs var:Lang.scan.no_line_button ?></a></p>
			</div>
		</section>
	<?cs else ?>
		<div class="l-stack">
			<?cs if:?Scan.job.id ?>
				<?cs if:#Scan.job.running ?>
					<?cs call:form_wrong() ?>
					<?cs call:scan_progress() ?>
					<?cs call:scan_found() ?>
				<?cs else ?>
					<?cs if:Scan.job.word != "ok" && Scan.job.word != "silent" ?>
						<section class="c-module"><div class="c-module__body"><?cs call:job_answer(Scan.job) ?></div></section>
					<?cs elif:#Scan.job.n == #0 ?>
						<?cs call:scan_nobody() ?>
					<?cs /if ?>
					<?cs if:#Scan.job.n > #0 ?><?cs call:scan_found() ?><?cs /if ?>
				<?cs /if ?>
			<?cs /if ?>
			<?cs if:!#Scan.job.running ?><?cs call:scan_form() ?><?cs /if ?>
		</div>
	<?cs /if ?>
</main>
