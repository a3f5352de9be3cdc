<?cs #
	Form.csrf, Line.kind
?>
<?cs include!"settings.cs" ?>
<?cs include!"line_form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs if:Line.kind == "rtu" ?><?cs var:Lang.line.add_rtu ?><?cs else ?><?cs var:Lang.line.add_tcp ?><?cs /if ?></h1>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("rs485") ?>
		<section class="c-module l-narrow" aria-labelledby="l2">
			<?cs call:strip("l2", Lang.line.settings, "") ?>
			<div class="c-module__body">
				<form class="c-form" method="post" action="/settings/add-line" novalidate>
					<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
					<input type="hidden" name="kind" value="<?cs var:Line.kind ?>">
					<?cs call:form_wrong() ?>
					<?cs call:line_fields() ?>
					<?cs call:form_close(Lang.line.add_button, "/settings/rs485") ?>
			</div>
		</section>
	</div>
</main>
