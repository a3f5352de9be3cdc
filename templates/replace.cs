<?cs #
	Replace.{plate,device,back,action,any,review,means,adds},
	Replace.epoch.{name,from,to,before,first,unit},
	Form.csrf, Form.field.{counter,old,new,date}.value
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs # what was typed, while it is looked at again ?>
<?cs def:typed() ?>
	<input type="hidden" name="counter" value="<?cs var:Form.field.counter.value ?>">
	<input type="hidden" name="old" value="<?cs var:Form.field.old.value ?>">
	<input type="hidden" name="new" value="<?cs var:Form.field.new.value ?>">
	<input type="hidden" name="date" value="<?cs var:Form.field.date.value ?>">
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="<?cs var:Replace.back ?>"><?cs call:icon("chevron-left") ?><?cs var:Replace.plate ?></a>
			<h1><?cs var:Lang.amend.replace_title ?></h1>
			<p class="l-head__sub"><span class="c-plate"><?cs var:Replace.plate ?></span> <?cs var:Replace.device ?></p>
		</div>
	</div>
	<?cs if:!#Replace.any ?>
		<section class="c-module c-empty">
			<div class="c-module__body l-stack">
				<?cs call:icon("gauge") ?>
				<?cs call:form_wrong() ?>
				<h2><?cs var:Lang.amend.no_epoch ?></h2>
				<p><?cs var:Lang.amend.no_epoch_text ?></p>
			</div>
		</section>
	<?cs else ?>
		<section class="c-module l-narrow" aria-labelledby="r1">
			<?cs call:strip("r1", Lang.amend.replace_what, Replace.epoch.name) ?>
			<div class="c-module__body l-stack">
				<?cs if:#Replace.review ?>
					<form class="c-form" method="post" action="<?cs var:Replace.action ?>">
						<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
						<?cs call:typed() ?>
						<p><?cs var:Replace.means ?></p>
						<p><b><?cs var:Replace.adds ?></b></p>
						<p><?cs var:Lang.amend.undo_later ?></p>
						<div class="c-actions">
							<button class="c-btn c-btn--primary" type="submit" name="step" value="save"><?cs var:Lang.amend.replace_button ?></button>
							<button class="c-btn" type="submit" name="step" value="edit"><?cs var:Lang.amend.edit ?></button>
							<a class="c-btn c-btn--quiet" href="<?cs var:Replace.back ?>"><?cs var:Lang.form.cancel ?></a>
						</div>
					</form>
				<?cs else ?>
					<p><?cs var:Lang.amend.replace_text ?></p>
					<dl class="c-facts">
						<div><dt><?cs var:Lang.amend.read_last ?>, <?cs var:Replace.epoch.from ?></dt><dd><?cs var:Replace.epoch.before ?></dd></div>
						<div><dt><?cs var:Lang.amend.read_first ?>, <?cs var:Replace.epoch.to ?></dt><dd><?cs var:Replace.epoch.first ?></dd></div>
					</dl>
					<?cs call:form_open(Replace.action) ?>
						<?cs # what the key Enter does in a field ?>
						<button class="u-hidden" type="submit" name="step" value="check" tabindex="-1" aria-hidden="true"><?cs var:Lang.amend.next ?></button>
						<?cs call:field_select("counter", Lang.amend.counter, Lang.amend.counter_hint) ?>
						<p><button class="c-btn c-btn--s" type="submit" name="step" value="look"><?cs var:Lang.amend.look_counter ?></button></p>
						<?cs call:field_number("old", Lang.amend.old, Lang.amend.old_hint, Replace.epoch.unit) ?>
						<?cs call:field_number("new", Lang.amend.new, Lang.amend.new_hint, Replace.epoch.unit) ?>
						<?cs call:field_text("date", Lang.amend.date, Lang.amend.time_hint) ?>
					<?cs call:form_close(Lang.amend.next, Replace.back) ?>
				<?cs /if ?>
			</div>
		</section>
	<?cs /if ?>
</main>
