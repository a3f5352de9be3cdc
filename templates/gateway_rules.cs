<?cs #
	Form.csrf,
	Form.field.text.value
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/gateway"><?cs call:icon("chevron-left") ?><?cs var:Lang.traffic.title ?></a>
			<h1><?cs var:Lang.traffic.ports ?></h1>
		</div>
	</div>
	<section class="c-module" aria-labelledby="r1">
		<?cs call:strip("r1", Lang.traffic.rules_lines, "") ?>
		<div class="c-module__body l-stack">
			<form class="c-form c-form--wide" method="post" action="/gateway/rules" enctype="multipart/form-data" novalidate>
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<?cs call:form_wrong() ?>
				<?cs call:field_lines("text", Lang.traffic.rules_field, Lang.traffic.rules_hint) ?>
				<?cs call:notice("", "", "info", "", Lang.traffic.rules_note) ?>
				<?cs call:form_close(Lang.line.save, "/gateway") ?>
			<div>
				<h3><?cs var:Lang.traffic.examples ?></h3>
				<dl class="c-pairs c-pairs--wide u-gap">
					<div><dt><code>gateway port 502</code></dt><dd><?cs var:Lang.traffic.ex_port ?></dd></div>
					<div><dt><code>gateway port 503 address 10.0.0.5 forward A</code></dt><dd><?cs var:Lang.traffic.ex_forward ?></dd></div>
					<div><dt><code>gateway allow 10.1.2.3 read-write</code></dt><dd><?cs var:Lang.traffic.ex_write ?></dd></div>
					<div><dt><code>gateway allow 10.1.2.4 read first</code></dt><dd><?cs var:Lang.traffic.ex_first ?></dd></div>
					<div><dt><code>gateway allow 10.0.0.0/8 read units 1-10 registers 0-99</code></dt><dd><?cs var:Lang.traffic.ex_part ?></dd></div>
					<div><dt><code>gateway allow 192.168.7.0/24 none</code></dt><dd><?cs var:Lang.traffic.ex_none ?></dd></div>
				</dl>
			</div>
		</div>
	</section>
</main>
