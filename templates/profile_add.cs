<?cs #
	Writing.title, Writing.from, Writing.lines,
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/profiles"><?cs call:icon("chevron-left") ?><?cs var:Lang.profiles.title ?></a>
			<h1><?cs var:Writing.title ?></h1>
		</div>
	</div>
	<section class="c-module">
		<div class="c-module__body">
			<form class="c-form c-form--wide" method="post" action="/profiles/add" enctype="multipart/form-data" novalidate>
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<input type="hidden" name="from" value="<?cs var:Writing.from ?>">
				<?cs call:form_wrong() ?>
				<?cs call:field_text("name", Lang.profiles.name, Lang.profiles.name_hint) ?>
				<?cs call:field_lines("text", Lang.profiles.text, Lang.profiles.text_hint) ?>
				<?cs call:field_file("file", Lang.profiles.file, Lang.profiles.file_hint) ?>
				<div class="c-actions">
					<button class="c-btn c-btn--primary" type="submit" name="go" value="save"><?cs var:Lang.profiles.save ?></button>
					<a class="c-btn" href="/profiles"><?cs var:Lang.form.cancel ?></a>
				</div>
				<?cs if:#Writing.lines > #0 ?>
					<div class="c-part">
						<h2><?cs var:Lang.profiles.try ?></h2>
						<p class="c-field__hint"><?cs var:Lang.profiles.try_text ?></p>
						<div class="c-two">
							<?cs call:field_select("line", Lang.devices.line, "") ?>
							<?cs call:field_number("unit", Lang.devices.unit, Lang.devices.unit_hint, "") ?>
						</div>
						<div class="c-actions">
							<button class="c-btn" type="submit" name="go" value="try" formtarget="_blank"><?cs var:Lang.profiles.try_button ?></button>
						</div>
					</div>
				<?cs /if ?>
			</form>
		</div>
	</section>
</main>
