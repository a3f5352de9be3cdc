<?cs #
	Page.title,
	Form.field.feeds.value, Edit.lines, Edit.action, Edit.ask, Edit.shown, Edit.seen, Edit.line,
	Edit.plate, Edit.name, Edit.test, Edit.registers, Edit.remove, Edit.meter, Edit.state, Edit.says,
	Edit.input.N.{n,of,weight,unit,start},
	Edit.before.{load,round,devices}, Edit.after.{load,round,devices,much},
	Form.done
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:means_row(name, before, after) ?>
	<tr>
		<th scope="row"><?cs var:name ?></th>
		<td class="u-num"><?cs var:before ?></td>
		<td class="u-num"><b><?cs var:after ?></b></td>
	</tr>
<?cs /def ?>

<?cs # what the line carries before and after, seen before it is saved ?>
<?cs def:means() ?>
	<section class="c-means" aria-labelledby="means" tabindex="-1" data-focus autofocus>
		<h3 id="means"><?cs var:Edit.line ?></h3>
		<table class="c-table">
			<thead>
				<tr>
					<td></td>
					<th scope="col" class="u-num"><?cs var:Lang.devices.before ?></th>
					<th scope="col" class="u-num"><?cs var:Lang.devices.after ?></th>
				</tr>
			</thead>
			<tbody>
				<?cs call:means_row(Lang.devices.share, Edit.before.load, Edit.after.load) ?>
				<?cs call:means_row(Lang.devices.round, Edit.before.round, Edit.after.round) ?>
				<?cs call:means_row(Lang.devices.title, Edit.before.devices, Edit.after.devices) ?>
			</tbody>
		</table>
		<?cs if:#Edit.after.much ?>
			<?cs call:notice("warn", "", "triangle-alert", Lang.devices.much, Lang.devices.much_text) ?>
		<?cs /if ?>
	</section>
<?cs /def ?>

<?cs def:input(i) ?>
	<fieldset class="c-group">
		<legend><?cs var:i.n ?></legend>
		<?cs call:field_select(i.of, Lang.devices.counts, "") ?>
		<div class="c-two">
			<?cs call:field_number(i.weight, Lang.devices.weight, "", "") ?>
			<?cs call:field_select(i.unit, Lang.devices.weight_unit, "") ?>
		</div>
		<?cs call:field_number(i.start, Lang.devices.start, Lang.devices.start_hint, "") ?>
	</fieldset>
<?cs /def ?>

<?cs def:inputs() ?>
	<?cs if:subcount(Edit.input) > #0 ?>
		<div class="c-part" id="inputs" tabindex="-1"<?cs if:#Edit.ask ?> data-focus autofocus<?cs /if ?>>
			<h3><?cs var:Lang.devices.inputs ?></h3>
			<?cs if:#Edit.ask ?><?cs call:notice("", "status", "info", "", Lang.devices.inputs_ask) ?><?cs /if ?>
			<?cs each:i = Edit.input ?><?cs call:input(i) ?><?cs /each ?>
		</div>
		<input type="hidden" name="shown" value="<?cs var:Edit.shown ?>">
	<?cs /if ?>
<?cs /def ?>

<?cs def:fields() ?>
	<div class="c-two">
		<?cs call:field_short("plate", Lang.devices.plate, Lang.devices.plate_hint) ?>
		<?cs call:field_text("name", Lang.devices.name, "") ?>
	</div>
	<?cs call:field_select("profile", Lang.devices.type, "") ?>
	<div class="c-two">
		<?cs call:field_select("line", Lang.devices.line, "") ?>
		<?cs call:field_number("unit", Lang.devices.unit, Lang.devices.unit_hint, "") ?>
	</div>
	<div class="c-two">
		<?cs call:field_number("every", Lang.devices.every, "", "s") ?>
		<?cs call:field_number("rating", Lang.devices.rating, Lang.devices.rating_hint, "A") ?>
	</div>
	<?cs if:?Form.field.feeds.value ?><?cs call:field_text("feeds", Lang.devices.feeds, Lang.devices.feeds_hint) ?><?cs /if ?>
	<?cs call:field_choice("place", Lang.devices.place) ?>
	<?cs call:inputs() ?>
	<div class="c-part">
		<h3><?cs var:Lang.devices.where ?></h3>
		<div class="c-two">
			<?cs call:field_list("panel", Lang.devices.panel, Lang.devices.panel_hint) ?>
			<?cs call:field_list("zone", Lang.devices.zone, Lang.devices.zone_hint) ?>
		</div>
		<?cs call:field_select("group", Lang.devices.group, "") ?>
	</div>
	<?cs call:field_number("gateway", Lang.devices.gateway, Lang.devices.gateway_hint, "") ?>
<?cs /def ?>

<?cs def:form() ?>
	<?cs call:form_open(Edit.action) ?>
	<?cs call:fields() ?>
	<?cs if:?Edit.seen ?>
		<?cs call:means() ?>
		<input type="hidden" name="seen" value="<?cs var:Edit.seen ?>">
		<?cs call:form_close(Lang.devices.save, "/devices") ?>
	<?cs else ?>
		<?cs call:form_close(Lang.devices.save_next, "/devices") ?>
	<?cs /if ?>
<?cs /def ?>

<?cs def:leads(icon, path, name) ?>
	<li><a href="<?cs var:path ?>"><?cs call:icon(icon) ?><?cs var:name ?></a></li>
<?cs /def ?>

<?cs # where else a device leads ?>
<?cs def:beside() ?>
	<section class="c-module" aria-labelledby="beside">
		<?cs call:strip("beside", Edit.name, "") ?>
		<div class="c-module__body">
			<p><span class="c-state c-state--<?cs var:Edit.state ?>"><?cs var:Edit.says ?></span></p>
			<ul class="c-leads">
				<?cs call:leads("radar", Edit.test, Lang.devices.test_it) ?>
				<?cs call:leads("gauge", Edit.meter, Lang.devices.values) ?>
				<?cs call:leads("table", Edit.registers, Lang.devices.registers) ?>
				<?cs call:leads("minus", Edit.remove, Lang.devices.remove) ?>
			</ul>
		</div>
	</section>
<?cs /def ?>

<?cs # "Saved at 14:32", and what comes next ?>
<?cs def:saved() ?>
	<div class="c-notice" role="status">
		<?cs call:icon("circle-check") ?>
		<div class="c-notice__b"><p><?cs var:Form.done ?></p></div>
		<a class="c-btn c-btn--s" href="<?cs var:Edit.test ?>"><?cs var:Lang.devices.test_it ?></a>
	</div>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/devices"><?cs call:icon("chevron-left") ?><?cs var:Lang.devices.all ?></a>
			<?cs if:?Edit.plate ?>
				<h1><span class="c-plate"><?cs var:Edit.plate ?></span> <?cs var:Edit.name ?></h1>
			<?cs else ?>
				<h1><?cs var:Lang.devices.add ?></h1>
			<?cs /if ?>
		</div>
	</div>
	<?cs if:?Form.done ?><?cs call:saved() ?><?cs /if ?>
	<?cs if:#Edit.lines == #0 ?>
		<section class="c-module c-empty">
			<div class="c-module__body">
				<?cs call:icon("unplug") ?>
				<h2><?cs var:Lang.devices.lineless ?></h2>
				<p><?cs var:Lang.devices.lineless_text ?></p>
				<a class="c-btn c-btn--primary" href="/settings/rs485"><?cs var:Lang.settings.rs485 ?></a>
			</div>
		</section>
	<?cs else ?>
		<div class="l-grid<?cs if:?Edit.plate ?> l-grid--2-1 l-grid--top<?cs /if ?>">
			<section class="c-module<?cs if:!?Edit.plate ?> l-narrow<?cs /if ?>" aria-labelledby="settings">
				<?cs call:strip("settings", Lang.devices.on_bus, "") ?>
				<div class="c-module__body"><?cs call:form() ?></div>
			</section>
			<?cs if:?Edit.plate ?><?cs call:beside() ?><?cs /if ?>
		</div>
	<?cs /if ?>
</main>
