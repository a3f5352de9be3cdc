<?cs #
	Frames.paused, Frames.deaf, Frames.n, Frames.query, Frames.toggle, Frames.older,
	Frames.frame.N.{at,way,answer,client,line,unit,function,result,bad,took,hex},
	Form.field.faults.value
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:frame(f) ?>
	<tr<?cs if:#f.answer ?> class="is-answer"<?cs /if ?>>
		<th scope="row" class="u-nowrap"><?cs var:f.at ?></th>
		<td class="u-nowrap"><?cs var:f.way ?></td>
		<td class="u-nowrap"><?cs var:f.client ?></td>
		<td class="u-num u-nowrap"><?cs var:f.line ?> <?cs var:f.unit ?></td>
		<td class="u-num"><?cs var:f.function ?></td>
		<td class="u-nowrap<?cs if:#f.bad ?> u-alarm<?cs /if ?>"><?cs var:f.result ?></td>
		<td class="u-num"><?cs call:or_dash(f.took) ?></td>
		<td class="c-hex"><?cs var:f.hex ?></td>
	</tr>
<?cs /def ?>

<main class="l-page" id="main"<?cs if:#Frames.paused == #0 ?> data-renew="2"<?cs /if ?>>
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.frames.title ?></h1>
			<p class="l-head__sub"><?cs if:#Frames.paused ?><?cs var:Lang.frames.paused ?><?cs else ?><?cs var:Lang.frames.live ?><?cs /if ?></p>
		</div>
		<div class="c-tools" data-part="tools">
			<a class="c-btn c-btn--primary" href="<?cs var:Frames.toggle ?>"><?cs if:#Frames.paused ?><?cs var:Lang.frames.go_on ?><?cs else ?><?cs var:Lang.frames.pause ?><?cs /if ?></a>
			<a class="c-btn" href="/gateway/frames/file?as=csv<?cs var:Frames.query ?>"><?cs call:icon("download") ?>CSV</a>
			<a class="c-btn" href="/gateway/frames/file?as=text<?cs var:Frames.query ?>"><?cs call:icon("download") ?><?cs var:Lang.frames.as_text ?></a>
			<a class="c-btn" href="/gateway"><?cs var:Lang.map.back ?></a>
		</div>
	</div>
	<?cs if:#Frames.deaf ?><?cs call:notice("warn", "status", "triangle-alert", "", Lang.frames.deaf) ?><?cs /if ?>
	<section class="c-module" aria-labelledby="f1">
		<?cs call:strip("f1", Lang.frames.filter, "") ?>
		<form class="c-module__body c-filter" method="get" action="/gateway/frames" novalidate>
			<?cs call:form_wrong() ?>
			<?cs call:field_short("unit", Lang.traffic.unit, "") ?>
			<?cs call:field_short("client", Lang.traffic.client, "") ?>
			<?cs call:field_short("function", Lang.frames.function, "") ?>
			<?cs call:field_tick("faults", Lang.frames.errors, "") ?>
			<button class="c-btn" type="submit"><?cs var:Lang.frames.apply ?></button>
		</form>
	</section>
	<section class="c-module u-below" aria-labelledby="f2" data-part="frames">
		<?cs call:strip("f2", Lang.frames.frames, Lang.frames.newest) ?>
		<?cs if:#Frames.n == #0 ?>
			<div class="c-module__body"><p><?cs var:Lang.frames.empty ?></p></div>
		<?cs else ?>
			<div class="c-module__body c-module__body--flush c-scroll" tabindex="0" role="region" aria-labelledby="f2">
				<table class="c-table c-table--frames">
					<thead>
						<tr>
							<th scope="col"><?cs var:Lang.frames.time ?></th>
							<th scope="col"><?cs var:Lang.frames.way_head ?></th>
							<th scope="col"><?cs var:Lang.traffic.client ?></th>
							<th scope="col" class="u-num"><?cs var:Lang.bus.address ?></th>
							<th scope="col" class="u-num"><?cs var:Lang.frames.function ?></th>
							<th scope="col"><?cs var:Lang.frames.result_head ?></th>
							<th scope="col" class="u-num"><?cs var:Lang.frames.took ?></th>
							<th scope="col"><?cs var:Lang.frames.bytes ?></th>
						</tr>
					</thead>
					<tbody>
						<?cs each:f = Frames.frame ?><?cs call:frame(f) ?><?cs /each ?>
					</tbody>
				</table>
			</div>
			<?cs if:Frames.older ?>
				<p class="c-module__foot"><a class="c-btn c-btn--s" href="<?cs var:Frames.older ?>"><?cs var:Lang.frames.older ?></a></p>
			<?cs /if ?>
		<?cs /if ?>
	</section>
</main>
