<?cs #
	Form.csrf, Form.done, Form.wrong,
	Form.bad.N.{field,text},
	Form.field.N.{value,bad},
	Form.field.N.group.N.label,
	Form.field.N.group.N.option.N.{value,text,chosen,off}
?>
<?cs # Forms: cgi-bin/form.h sets what these draw.  A field is called by its name and its label; a hint may be "".

	A form is
		call:form_open("/devices/add") ... fields ... call:form_close(button, "/devices")
?>

<?cs # "Saved at 14:32" above a page ?>
<?cs def:form_done() ?>
	<?cs if:Form.done ?><?cs call:notice("", "status", "circle-check", "", Form.done) ?><?cs /if ?>
<?cs /def ?>

<?cs # what is wrong, on top: gets the focus and leads to the fields ?>
<?cs def:form_wrong() ?>
	<?cs if:Form.wrong ?>
		<div class="c-notice c-notice--alarm" role="alert" id="errors" tabindex="-1" data-focus autofocus>
			<?cs call:icon("octagon-alert") ?>
			<div class="c-notice__b">
				<h2><?cs var:Form.wrong ?></h2>
				<ul>
					<?cs each:b = Form.bad ?>
						<li>
							<?cs if:b.field ?>
								<a href="#<?cs var:b.field ?>"><?cs var:b.text ?></a>
							<?cs else ?>
								<?cs var:b.text ?>
							<?cs /if ?>
						</li>
					<?cs /each ?>
				</ul>
			</div>
		</div>
	<?cs /if ?>
<?cs /def ?>

<?cs def:form_open(path) ?>
	<form class="c-form" method="post" action="<?cs var:path ?>" novalidate>
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<?cs call:form_wrong() ?>
<?cs /def ?>

<?cs # the same for a form with files or long texts ?>
<?cs def:form_open_files(path) ?>
	<form class="c-form" method="post" action="<?cs var:path ?>" enctype="multipart/form-data" novalidate>
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<?cs call:form_wrong() ?>
<?cs /def ?>

<?cs # the button that sends it; back is where "Cancel" leads, or "" ?>
<?cs def:form_close(button, back) ?>
		<div class="c-actions">
			<button class="c-btn c-btn--primary" type="submit"><?cs var:button ?></button>
			<?cs if:back ?><a class="c-btn" href="<?cs var:back ?>"><?cs var:Lang.form.cancel ?></a><?cs /if ?>
		</div>
	</form>
<?cs /def ?>

<?cs # a button that is a form of its own: what cannot be done by a link ?>
<?cs def:form_button(path, kind, icon, button) ?>
	<form class="c-inline" method="post" action="<?cs var:path ?>">
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<button class="c-btn<?cs if:kind ?> c-btn--<?cs var:kind ?><?cs /if ?>" type="submit">
			<?cs if:icon ?><?cs call:icon(icon) ?><?cs /if ?>
			<?cs var:button ?>
		</button>
	</form>
<?cs /def ?>

<?cs def:field_bad(name) ?>
	<?cs if:Form.field[name].bad ?>
		<p class="c-field__error" id="<?cs var:name ?>-bad">
			<?cs call:icon("octagon-alert") ?>
			<span><?cs var:Form.field[name].bad ?></span>
		</p>
	<?cs /if ?>
<?cs /def ?>

<?cs def:field_head(name, label) ?>
	<label class="c-field__label" for="<?cs var:name ?>"><?cs var:label ?></label>
	<?cs call:field_bad(name) ?>
<?cs /def ?>

<?cs def:field_hint(name, hint) ?>
	<?cs if:hint ?><p class="c-field__hint" id="<?cs var:name ?>-hint"><?cs var:hint ?></p><?cs /if ?>
<?cs /def ?>

<?cs # attributes that every field has ?>
<?cs def:field_has(name, hint) ?> id="<?cs var:name ?>" name="<?cs var:name ?>"<?cs if:Form.field[name].bad ?> aria-invalid="true" aria-describedby="<?cs var:name ?>-bad<?cs if:hint ?> <?cs var:name ?>-hint<?cs /if ?>"<?cs elif:hint ?> aria-describedby="<?cs var:name ?>-hint"<?cs /if ?><?cs /def ?>

<?cs def:field_text(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input" autocomplete="off" value="<?cs var:Form.field[name].value ?>"<?cs call:field_has(name, hint) ?>>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # the same with those known as proposals; Form.field.NAME has them as choices ?>
<?cs def:field_list(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input" autocomplete="off" list="<?cs var:name ?>-list" value="<?cs var:Form.field[name].value ?>"<?cs call:field_has(name, hint) ?>>
		<datalist id="<?cs var:name ?>-list">
			<?cs each:g = Form.field[name].group ?>
				<?cs each:o = g.option ?><option value="<?cs var:o.value ?>"></option><?cs /each ?>
			<?cs /each ?>
		</datalist>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # a short word such as a plate or an address ?>
<?cs def:field_short(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input c-input--short" autocomplete="off" value="<?cs var:Form.field[name].value ?>"<?cs call:field_has(name, hint) ?>>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # unit stands behind the field and may be "" ?>
<?cs def:field_number(name, label, hint, unit) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<div class="c-with c-with--unit">
			<input class="c-input c-input--short" inputmode="decimal" autocomplete="off" value="<?cs var:Form.field[name].value ?>"<?cs call:field_has(name, hint) ?>>
			<?cs if:unit ?><span class="c-field__unit"><?cs var:unit ?></span><?cs /if ?>
		</div>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # a code: never shown again ?>
<?cs def:field_pin(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input c-input--pin c-input--ip" type="password" inputmode="numeric" autocomplete="current-password"<?cs call:field_has(name, hint) ?>>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # a code to choose ?>
<?cs def:field_pin_new(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input c-input--pin c-input--ip" type="password" inputmode="numeric" autocomplete="new-password"<?cs call:field_has(name, hint) ?>>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # a password of another server: never shown again; known: one is kept, and stays when nothing is typed ?>
<?cs def:field_secret(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input" type="password" autocomplete="new-password"<?cs call:field_has(name, hint) ?>>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs def:field_options(g) ?>
	<?cs each:o = g.option ?>
		<option value="<?cs var:o.value ?>"<?cs if:#o.chosen ?> selected<?cs /if ?><?cs if:#o.off ?> disabled<?cs /if ?>><?cs var:o.text ?></option>
	<?cs /each ?>
<?cs /def ?>

<?cs def:field_select(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<select class="c-input"<?cs call:field_has(name, hint) ?>>
			<?cs each:g = Form.field[name].group ?>
				<?cs if:g.label ?>
					<optgroup label="<?cs var:g.label ?>"><?cs call:field_options(g) ?></optgroup>
				<?cs else ?>
					<?cs call:field_options(g) ?>
				<?cs /if ?>
			<?cs /each ?>
		</select>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # few choices, all seen at once ?>
<?cs def:field_choice(name, label) ?>
	<fieldset class="c-field" id="<?cs var:name ?>" tabindex="-1">
		<legend class="c-field__label"><?cs var:label ?></legend>
		<?cs call:field_bad(name) ?>
		<?cs each:g = Form.field[name].group ?>
			<?cs each:o = g.option ?>
				<label class="c-choice">
					<input type="radio" name="<?cs var:name ?>" value="<?cs var:o.value ?>"
						<?cs if:#o.chosen ?> checked<?cs /if ?><?cs if:#o.off ?> disabled<?cs /if ?>>
					<span><?cs var:o.text ?></span>
				</label>
			<?cs /each ?>
		<?cs /each ?>
	</fieldset>
<?cs /def ?>

<?cs # value 1 when ticked, none when not ?>
<?cs def:field_tick(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_bad(name) ?>
		<label class="c-choice">
			<input type="checkbox" value="1"<?cs if:Form.field[name].value ?> checked<?cs /if ?><?cs call:field_has(name, hint) ?>>
			<span><?cs var:label ?></span>
		</label>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs # many lines, such as a profile ?>
<?cs def:field_lines(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<textarea class="c-input c-input--lines" rows="20" spellcheck="false" autocomplete="off" wrap="off"<?cs call:field_has(name, hint) ?>><?cs var:Form.field[name].value ?></textarea>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs def:field_file(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input c-input--file" type="file"<?cs call:field_has(name, hint) ?>>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>
