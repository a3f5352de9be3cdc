<?cs #
	Line.kind
?>
<?cs # Fields and figures of one line; its names are in cgi-bin/line.h. ?>
<?cs include!"form.cs" ?>

<?cs def:line_fields() ?>
	<?cs call:field_short("name", Lang.line.name, Lang.line.name_hint) ?>
	<?cs if:Line.kind == "rtu" ?>
		<?cs call:field_list("path", Lang.line.path, Lang.line.path_hint) ?>
		<?cs call:field_select("baud", Lang.line.baud, "") ?>
		<?cs call:field_select("parity", Lang.line.parity, "") ?>
		<?cs call:field_select("stop", Lang.line.stop, Lang.line.serial_hint) ?>
	<?cs else ?>
		<?cs call:field_text("path", Lang.line.host, Lang.line.host_hint) ?>
		<?cs call:field_number("port", Lang.line.port, Lang.line.port_hint, "") ?>
	<?cs /if ?>
	<?cs call:field_number("timeout", Lang.line.timeout, Lang.line.timeout_hint, "ms") ?>
	<?cs call:field_number("pause", Lang.line.pause, Lang.line.pause_hint, "ms") ?>
<?cs /def ?>

<?cs # what is being tried, or how it ended ?>
<?cs def:line_trial(l) ?>
	<?cs if:l.trial ?>
		<?cs if:l.trial_kind == "warn" ?>
			<?cs call:notice("warn", "status", "refresh-cw", "", l.trial) ?>
		<?cs else ?>
			<?cs call:notice("", "status", "circle-check", "", l.trial) ?>
		<?cs /if ?>
	<?cs /if ?>
<?cs /def ?>

<?cs # how it is ?>
<?cs def:line_state(l) ?>
	<dl class="c-pairs">
		<div><dt><?cs var:Lang.meters.state ?></dt><dd><span class="c-state c-state--<?cs var:l.state ?>"><?cs var:l.says ?></span><?cs if:l.why ?><p><?cs var:l.why ?></p><?cs /if ?></dd></div>
		<div><dt><?cs var:Lang.line.in_force ?></dt><dd><?cs if:l.kind == "rtu" ?><span class="u-path"><?cs var:l.path ?></span>, <?cs /if ?><?cs var:l.settings ?></dd></div>
		<?cs if:l.opened ?><div><dt><?cs var:Lang.line.opened ?></dt><dd><span class="u-path"><?cs var:l.opened ?></span></dd></div><?cs /if ?>
		<div><dt><?cs var:Lang.bus.devices ?></dt><dd><?cs if:l.plates ?><?cs var:l.plates ?><?cs else ?><?cs var:Lang.line.none ?><?cs /if ?></dd></div>
		<?cs if:l.budget ?>
			<div><dt><?cs var:Lang.line.plan ?></dt><dd><?cs var:l.budget ?><?cs if:#l.much ?> <strong class="u-alarm"><?cs var:Lang.line.much ?></strong><?cs /if ?></dd></div>
		<?cs /if ?>
	</dl>
<?cs /def ?>
