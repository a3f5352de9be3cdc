<?cs #
	Page.static,
	Form.field.on.{value,bad}, Form.field.with.{value,bad},
	Form.field.of.{value,bad}, Form.field.by.{value,bad},
	Compare.{none,differ,at,then,bad,name,unit,says,estimated,merged},
	Compare.first.{label,sum,until},
	Compare.second.{label,sum,until},
	Compare.axis.N.{y,text},
	Compare.slot.N.{name,title,label,open,now,then,ax,aw,bx,bw,lx,a,b,y,h}
?>
<?cs include!"layout.cs" ?>
<?cs include!"bars.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"plot.cs" ?>

<?cs def:date(name, label, value) ?>
	<div class="c-field">
		<label class="c-field__label" for="<?cs var:name ?>"><?cs var:label ?></label>
		<input class="c-input" type="date" id="<?cs var:name ?>" name="<?cs var:name ?>" value="<?cs var:value ?>"
			<?cs if:?Compare.bad ?> aria-invalid="true" aria-describedby="dates-bad"<?cs /if ?>>
	</div>
<?cs /def ?>

<?cs def:choice() ?>
	<section class="c-module u-screen" aria-labelledby="c2">
		<?cs call:strip("c2", Lang.compare.what, "") ?>
		<div class="c-module__body">
			<form class="c-asked" method="get" action="/compare">
				<?cs call:field_select("on", Lang.compare.meter, "") ?>
				<?cs call:field_select("with", Lang.compare.with, "") ?>
				<?cs if:!#Compare.none ?><?cs call:field_select("of", Lang.meter.quantity, "") ?><?cs /if ?>
				<?cs call:field_select("by", Lang.compare.by, "") ?>
				<?cs if:?Compare.bad ?>
					<p class="c-field__error" id="dates-bad">
						<?cs call:icon("octagon-alert") ?><span><?cs var:Compare.bad ?></span>
					</p>
				<?cs /if ?>
				<?cs call:date("at", Lang.compare.at, Compare.at) ?>
				<?cs call:date("then", Lang.compare.then, Compare.then) ?>
				<button class="c-btn c-btn--primary" type="submit"><?cs var:Lang.compare.button ?></button>
			</form>
		</div>
	</section>
<?cs /def ?>

<?cs def:side(s) ?>
	<div>
		<p class="c-sides__l"><?cs var:s.label ?><?cs if:?s.until ?> <span class="u-mute"><?cs var:s.until ?></span><?cs /if ?></p>
		<?cs call:readout(s.sum, "") ?>
	</div>
<?cs /def ?>

<?cs def:bars(s) ?>
	<g>
		<title><?cs var:s.title ?></title>
		<?cs if:?s.b.y ?>
			<rect class="ghost" x="<?cs var:s.bx ?>" width="<?cs var:s.bw ?>"
				y="<?cs var:s.b.y ?>" height="<?cs var:s.b.h ?>" rx="1"/>
			<rect class="edge" x="<?cs var:s.bx ?>" width="<?cs var:s.bw ?>"
				y="<?cs var:s.b.y ?>" height="1.5"/>
		<?cs /if ?>
		<?cs if:?s.a.y ?>
			<rect class="<?cs if:#s.open ?>open<?cs else ?>now<?cs /if ?>"<?cs if:#s.open ?> fill="url(#hatch)"<?cs /if ?>
				x="<?cs var:s.ax ?>" width="<?cs var:s.aw ?>"
				y="<?cs var:s.a.y ?>" height="<?cs var:s.a.h ?>" rx="1"/>
		<?cs /if ?>
	</g>
<?cs /def ?>

<?cs def:chart() ?>
	<svg class="u-hidden" aria-hidden="true">
		<pattern id="hatch" class="hatch" width="4" height="4"
			patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
			<rect class="hatch-bg" width="4" height="4"/>
			<rect class="hatch-fg" width="2" height="4"/>
		</pattern>
	</svg>
	<div class="c-bars">
		<?cs call:axis(Compare.axis) ?>
		<svg role="img" aria-label="<?cs var:Lang.compare.chart_label ?>">
			<?cs call:grid(Compare.axis) ?>
			<?cs each:s = Compare.slot ?><?cs call:bars(s) ?><?cs /each ?>
			<?cs each:s = Compare.slot ?>
				<?cs if:#s.label ?>
					<text x="<?cs var:s.lx ?>" y="99%" text-anchor="middle"><?cs var:s.name ?></text>
				<?cs /if ?>
			<?cs /each ?>
		</svg>
	</div>
<?cs /def ?>

<?cs def:rows() ?>
	<details class="c-disclose">
		<summary><?cs call:icon("table") ?><?cs var:Lang.meter.table ?></summary>
		<div class="c-scroll" tabindex="0" role="group" aria-label="<?cs var:Lang.history.table ?>">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><span class="u-hidden"><?cs var:Lang.compare.by ?></span></th>
						<th scope="col" class="u-num"><?cs var:Compare.first.label ?>, <?cs var:Compare.unit ?></th>
						<th scope="col" class="u-num"><?cs var:Compare.second.label ?>, <?cs var:Compare.unit ?></th>
					</tr>
				</thead>
				<tbody>
					<?cs each:s = Compare.slot ?>
						<tr>
							<th scope="row">
								<?cs var:s.name ?>
								<?cs if:#s.open ?> <span class="u-mute"><?cs var:Lang.meter.so_far ?></span><?cs /if ?>
							</th>
							<td class="u-num"><?cs var:s.now ?></td>
							<td class="u-num u-mute"><?cs var:s.then ?></td>
						</tr>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
	</details>
<?cs /def ?>

<?cs def:compared() ?>
	<section class="c-module" aria-labelledby="c1">
		<?cs call:strip("c1", Compare.name, Compare.unit) ?>
		<div class="c-module__body l-stack">
			<div class="c-sides">
				<?cs call:side(Compare.first) ?>
				<?cs call:side(Compare.second) ?>
			</div>
			<?cs call:delta(Compare.says) ?>
			<?cs call:chart() ?>
			<div class="c-row">
				<ul class="c-legend">
					<?cs call:key("", Compare.first.label) ?>
					<?cs call:key("ghost", Compare.second.label) ?>
				</ul>
				<?cs call:rows() ?>
			</div>
			<?cs call:merged(Compare.merged) ?>
			<?cs if:#Compare.estimated ?>
				<p class="c-module__note"><?cs var:Lang.home.estimated ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main"><h1><?cs var:Lang.compare.title ?></h1></div>
	</div>
	<?cs if:?Compare.differ ?><?cs call:notice("", "status", "info", "", Compare.differ) ?><?cs /if ?>
	<?cs if:#Compare.none ?><?cs call:notice("", "", "info", "", Lang.compare.none) ?><?cs /if ?>
	<div class="l-stack">
		<?cs if:?Compare.first.label ?><?cs call:compared() ?><?cs /if ?>
		<?cs call:choice() ?>
	</div>
</main>
