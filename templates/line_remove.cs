<?cs #
	Form.csrf, Line.{name,plates,needed}
?>
<?cs include!"settings.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.line.remove ?> <?cs var:Line.name ?></h1>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("rs485") ?>
		<section class="c-module l-narrow" aria-labelledby="l1">
			<?cs call:strip("l1", Lang.line.remove_what, "") ?>
			<div class="c-module__body l-stack">
				<?cs if:#Line.needed ?>
					<p><?cs if:Line.plates ?><?cs var:Lang.line.needed ?> <strong><?cs var:Line.plates ?></strong><?cs else ?><?cs var:Lang.line.needed_port ?><?cs /if ?></p>
					<p><a class="c-btn" href="/settings/rs485"><?cs var:Lang.line.back ?></a></p>
				<?cs else ?>
					<p><?cs var:Lang.line.remove_text ?></p>
					<form class="c-form" method="post" action="/settings/rs485/<?cs var:Line.name ?>/remove">
						<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
						<?cs call:form_wrong() ?>
						<div class="c-actions">
							<button class="c-btn c-btn--danger" type="submit"><?cs var:Lang.line.remove ?> <?cs var:Line.name ?></button>
							<a class="c-btn" href="/settings/rs485"><?cs var:Lang.form.cancel ?></a>
						</div>
					</form>
				<?cs /if ?>
			</div>
		</section>
	</div>
</main>
