<?cs #
	Form.csrf, Form.wrong, Form.done, Page.again,
	Form.field.values.bad, Form.field.wfunction.bad, Form.field.waddress.bad,
	Registers.plate, Registers.name, Registers.about, Registers.device, Registers.test,
	Registers.path, Registers.writes, Registers.boss,
	Registers.step.{function,does,address,printed,values},
	Registers.log.N.{t,who,says},
	Registers.job.{id,running,word,kind,answer,advice,at,who,write,bits,floats,low},
	Registers.job.word.N.{address,printed,hex,unsigned,signed,float},
	Registers.job.exchange.N.{asked,printed,state,says,sent,got}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"exchange.cs" ?>

<?cs # what a form of this page begins with ?>
<?cs def:registers_open(do) ?>
	<form class="c-form" method="post" action="<?cs var:Registers.path ?>" novalidate>
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<input type="hidden" name="do" value="<?cs var:do ?>">
<?cs /def ?>

<?cs def:word_row(w) ?>
	<tr>
		<td class="u-num"><?cs var:w.address ?></td>
		<td class="u-num u-mute"><?cs var:w.printed ?></td>
		<?cs if:#Registers.job.bits ?>
			<td class="u-num"><b><?cs var:w.unsigned ?></b></td>
		<?cs else ?>
			<td class="u-num"><code><?cs var:w.hex ?></code></td>
			<td class="u-num"><b><?cs var:w.unsigned ?></b></td>
			<td class="u-num"><?cs var:w.signed ?></td>
			<td class="u-num"><?cs call:or_dash(w.float) ?></td>
		<?cs /if ?>
	</tr>
<?cs /def ?>

<?cs def:word_head(name) ?><th scope="col" class="u-num"><?cs var:name ?></th><?cs /def ?>

<?cs def:words() ?>
	<div class="c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.registers.title ?>">
		<table class="c-table">
			<thead>
				<tr>
					<?cs call:word_head(Lang.registers.address) ?>
					<?cs call:word_head(Lang.registers.printed) ?>
					<?cs if:#Registers.job.bits ?>
						<?cs call:word_head(Lang.registers.bit) ?>
					<?cs else ?>
						<?cs call:word_head(Lang.registers.hex) ?>
						<?cs call:word_head(Lang.registers.unsigned) ?>
						<?cs call:word_head(Lang.registers.signed) ?>
						<?cs call:word_head(Lang.registers.float) ?>
					<?cs /if ?>
				</tr>
			</thead>
			<tbody>
				<?cs each:w = Registers.job.word ?><?cs call:word_row(w) ?><?cs /each ?>
			</tbody>
		</table>
	</div>
<?cs /def ?>

<?cs # which word of a float comes first ?>
<?cs def:word_order() ?>
	<nav class="c-segment" aria-label="<?cs var:Lang.registers.order ?>">
		<a href="<?cs var:Registers.path ?>?job=<?cs var:Registers.job.id ?>"<?cs if:!#Registers.job.low ?> aria-current="true"<?cs /if ?>><?cs var:Lang.registers.high_first ?></a>
		<a href="<?cs var:Registers.path ?>?job=<?cs var:Registers.job.id ?>&amp;order=low"<?cs if:#Registers.job.low ?> aria-current="true"<?cs /if ?>><?cs var:Lang.registers.low_first ?></a>
	</nav>
<?cs /def ?>

<?cs def:registers_job() ?>
	<section class="c-module" aria-labelledby="r-job" data-part="job">
		<div class="c-module__strip">
			<h2 id="r-job">
				<?cs if:#Registers.job.write ?><?cs var:Lang.registers.written ?><?cs else ?><?cs var:Lang.registers.result ?><?cs /if ?>
			</h2>
			<span class="c-module__note"><?cs var:Registers.job.at ?>, <?cs var:Registers.job.who ?></span>
		</div>
		<div class="c-module__body">
			<?cs call:job_answer(Registers.job) ?>
			<?cs if:#Registers.job.floats ?><div class="c-gap"><?cs call:word_order() ?></div><?cs /if ?>
		</div>
		<?cs if:Registers.job.word.0.hex ?><?cs call:words() ?><?cs /if ?>
		<?cs if:Registers.job.exchange.0.asked ?><?cs call:exchanges(Registers.job) ?><?cs /if ?>
	</section>
<?cs /def ?>

<?cs def:read_form() ?>
	<section class="c-module" aria-labelledby="r-read">
		<?cs call:strip("r-read", Lang.registers.read, "") ?>
		<div class="c-module__body">
			<?cs call:registers_open("read") ?>
				<?cs if:!?Registers.step.function && !Form.field.values.bad && !Form.field.wfunction.bad && !Form.field.waddress.bad ?><?cs call:form_wrong() ?><?cs /if ?>
				<?cs call:field_select("function", Lang.registers.function, "") ?>
				<div class="c-pair">
					<?cs call:field_number("address", Lang.registers.address, "", "") ?>
					<?cs call:field_number("count", Lang.registers.count, "", "") ?>
				</div>
				<p class="c-field__hint"><?cs var:Lang.registers.address_hint ?></p>
			<?cs call:form_close(Lang.registers.read_button, "") ?>
		</div>
	</section>
<?cs /def ?>

<?cs # a button of the administrator's ?>
<?cs def:allow(do, name) ?>
	<form class="c-inline" method="post" action="<?cs var:Registers.path ?>">
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<input type="hidden" name="do" value="<?cs var:do ?>">
		<button class="c-btn" type="submit"><?cs var:name ?></button>
	</form>
<?cs /def ?>

<?cs def:write_form() ?>
	<?cs call:registers_open("write") ?>
		<?cs if:Form.field.values.bad || Form.field.wfunction.bad || Form.field.waddress.bad ?><?cs call:form_wrong() ?><?cs /if ?>
		<?cs call:field_select("wfunction", Lang.registers.function, "") ?>
		<div class="c-pair">
			<?cs call:field_number("waddress", Lang.registers.address, "", "") ?>
			<?cs call:field_text("values", Lang.registers.values, Lang.registers.values_hint) ?>
		</div>
	<?cs call:form_close(Lang.registers.next, "") ?>
<?cs /def ?>

<?cs # the second step: what would be written, and the PIN ?>
<?cs def:write_step() ?>
	<?cs call:registers_open("send") ?>
		<input type="hidden" name="wfunction" value="<?cs var:Registers.step.function ?>">
		<input type="hidden" name="waddress" value="<?cs var:Registers.step.address ?>">
		<input type="hidden" name="values" value="<?cs var:Registers.step.values ?>">
		<?cs call:form_wrong() ?>
		<div class="c-notice c-notice--warn">
			<?cs call:icon("triangle-alert") ?>
			<div class="c-notice__b">
				<h2><?cs var:Lang.registers.function ?> <?cs var:Registers.step.function ?>, <?cs var:Registers.step.does ?>: <?cs var:Registers.step.address ?> <span class="u-mute"><?cs var:Lang.test.printed ?> <?cs var:Registers.step.printed ?></span></h2>
				<p><?cs var:Lang.registers.values ?>: <code><?cs var:Registers.step.values ?></code></p>
				<p><?cs var:Lang.registers.care ?></p>
			</div>
		</div>
		<?cs call:field_pin("pin", Lang.ratify.pin, Lang.ratify.hint) ?>
	<?cs call:form_close(Lang.registers.write_button, Registers.path) ?>
<?cs /def ?>

<?cs def:write_module() ?>
	<section class="c-module" aria-labelledby="r-write">
		<?cs call:strip("r-write", Lang.registers.write, Lang.breaker.note) ?>
		<div class="c-module__body l-stack">
			<?cs if:!#Registers.writes ?>
				<?cs call:notice("", "", "lock", Lang.registers.off, Lang.registers.off_text) ?>
				<?cs if:#Registers.boss ?><p><?cs call:allow("allow", Lang.registers.allow) ?></p><?cs /if ?>
			<?cs elif:?Registers.step.function ?>
				<?cs call:write_step() ?>
			<?cs else ?>
				<?cs call:write_form() ?>
				<?cs if:#Registers.boss ?><p><?cs call:allow("forbid", Lang.registers.forbid) ?></p><?cs /if ?>
			<?cs /if ?>
		</div>
		<?cs if:Registers.log.0.t ?>
			<ul class="c-log">
				<?cs each:l = Registers.log ?><li><span class="u-mute"><?cs var:l.t ?>, <?cs var:l.who ?></span> <span><?cs var:l.says ?></span></li><?cs /each ?>
			</ul>
		<?cs /if ?>
	</section>
<?cs /def ?>

<main class="l-page"<?cs call:job_main() ?>>
	<div class="l-head">
		<div class="l-head__main">
			<h1><span class="c-plate"><?cs var:Registers.plate ?></span> <a class="c-quiet" href="<?cs var:Registers.device ?>"><?cs var:Registers.name ?></a></h1>
			<p class="l-head__sub"><?cs var:Lang.registers.title ?>, <?cs var:Registers.about ?></p>
		</div>
		<div class="c-tools"><a class="c-btn" href="<?cs var:Registers.test ?>"><?cs var:Lang.test.title ?></a></div>
	</div>
	<?cs call:form_done() ?>
	<div class="l-stack">
		<?cs if:?Registers.job.id ?><?cs call:registers_job() ?><?cs /if ?>
		<div class="l-grid l-grid--1-1">
			<?cs call:read_form() ?>
			<?cs call:write_module() ?>
		</div>
	</div>
</main>
