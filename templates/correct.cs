<?cs #
	Correct.{plate,device,back,action,any,unit,name,bucket,was,value,review},
	Form.csrf, Form.field.{of,by,when,value,reason}.value
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs # what was typed, while it is looked at again ?>
<?cs def:typed() ?>
	<input type="hidden" name="of" value="<?cs var:Form.field.of.value ?>">
	<input type="hidden" name="by" value="<?cs var:Form.field.by.value ?>">
	<input type="hidden" name="when" value="<?cs var:Form.field.when.value ?>">
	<input type="hidden" name="value" value="<?cs var:Form.field.value.value ?>">
	<input type="hidden" name="reason" value="<?cs var:Form.field.reason.value ?>">
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="<?cs var:Correct.back ?>"><?cs call:icon("chevron-left") ?><?cs var:Correct.plate ?></a>
			<h1><?cs var:Lang.amend.correct_title ?></h1>
			<p class="l-head__sub"><span class="c-plate"><?cs var:Correct.plate ?></span> <?cs var:Correct.device ?></p>
		</div>
	</div>
	<?cs if:!#Correct.any ?>
		<section class="c-module c-empty">
			<div class="c-module__body l-stack">
				<?cs call:icon("gauge") ?>
				<h2><?cs var:Lang.amend.no_counters ?></h2>
			</div>
		</section>
	<?cs else ?>
		<section class="c-module l-narrow" aria-labelledby="k1">
			<?cs call:strip("k1", Lang.amend.correct_what, "") ?>
			<div class="c-module__body l-stack">
				<?cs if:#Correct.review ?>
					<form class="c-form" method="post" action="<?cs var:Correct.action ?>">
						<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
						<?cs call:typed() ?>
						<p><?cs var:Correct.name ?>, <?cs var:Correct.bucket ?></p>
						<dl class="c-facts">
							<div><dt><?cs var:Lang.amend.stored ?></dt><dd><?cs var:Correct.was ?></dd></div>
							<div><dt><?cs var:Lang.amend.corrected ?></dt><dd><?cs var:Correct.value ?></dd></div>
						</dl>
						<p><?cs var:Lang.amend.reason ?>: <?cs var:Form.field.reason.value ?></p>
						<p><?cs var:Lang.amend.correct_means ?></p>
						<div class="c-actions">
							<button class="c-btn c-btn--primary" type="submit" name="step" value="save"><?cs var:Lang.amend.correct_button ?></button>
							<button class="c-btn" type="submit" name="step" value="edit"><?cs var:Lang.amend.edit ?></button>
							<a class="c-btn c-btn--quiet" href="<?cs var:Correct.back ?>"><?cs var:Lang.form.cancel ?></a>
						</div>
					</form>
				<?cs else ?>
					<?cs call:form_open(Correct.action) ?>
						<?cs # what the key Enter does in a field ?>
						<button class="u-hidden" type="submit" name="step" value="check" tabindex="-1" aria-hidden="true"><?cs var:Lang.amend.next ?></button>
						<?cs call:field_select("of", Lang.amend.measured, "") ?>
						<?cs call:field_select("by", Lang.amend.level, "") ?>
						<?cs call:field_text("when", Lang.amend.begins, Lang.amend.begins_hint) ?>
						<div class="c-row">
							<?cs if:Correct.was ?><span><?cs var:Lang.amend.stored ?>, <?cs var:Correct.bucket ?>: <b><?cs var:Correct.was ?></b></span><?cs /if ?>
							<button class="c-btn c-btn--s" type="submit" name="step" value="look"><?cs var:Lang.amend.look ?></button>
						</div>
						<?cs call:field_number("value", Lang.amend.value, Lang.amend.value_hint, Correct.unit) ?>
						<?cs call:field_text("reason", Lang.amend.reason, Lang.amend.reason_hint) ?>
						<div class="c-actions">
							<button class="c-btn c-btn--primary" type="submit" name="step" value="check"><?cs var:Lang.amend.next ?></button>
							<a class="c-btn" href="<?cs var:Correct.back ?>"><?cs var:Lang.form.cancel ?></a>
						</div>
					</form>
				<?cs /if ?>
			</div>
		</section>
	<?cs /if ?>
</main>
