<?cs #
	Rs485.n,
	Rs485.line.N.{name,kind,settings,path,opened,pause,state,says,why,devices,plates,trial,trial_kind,budget,much}
?>
<?cs include!"settings.cs" ?>
<?cs include!"line_form.cs" ?>

<?cs def:line_card(l) ?>
	<section class="c-module" aria-labelledby="line-<?cs var:l.name ?>">
		<div class="c-module__strip">
			<h2 id="line-<?cs var:l.name ?>"><?cs if:l.kind == "rtu" ?><?cs var:Lang.bus.rtu ?><?cs else ?><?cs var:Lang.bus.tcp ?><?cs /if ?> <?cs var:l.name ?></h2>
		</div>
		<div class="c-module__body l-stack">
			<?cs call:line_trial(l) ?>
			<?cs call:line_state(l) ?>
			<div class="c-actions">
				<a class="c-btn" href="/settings/rs485/<?cs var:l.name ?>" aria-label="<?cs var:Lang.line.change ?> <?cs var:l.name ?>"><?cs var:Lang.line.change ?></a>
				<a class="c-btn c-btn--quiet" href="/settings/rs485/<?cs var:l.name ?>/remove" aria-label="<?cs var:Lang.line.remove_dots ?> <?cs var:l.name ?>"><?cs var:Lang.line.remove_dots ?></a>
			</div>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.line.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.line.text ?></p>
		</div>
		<div class="c-tools">
			<a class="c-btn c-btn--primary" href="/settings/add-line?kind=rtu"><?cs call:icon("plus") ?><?cs var:Lang.line.add_rtu ?></a>
			<a class="c-btn" href="/settings/add-line?kind=tcp"><?cs call:icon("plus") ?><?cs var:Lang.line.add_tcp ?></a>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("rs485") ?>
		<div class="l-stack">
			<?cs call:form_done() ?>
			<?cs if:#Rs485.n == #0 ?>
				<section class="c-module c-empty">
					<div class="c-module__body">
						<?cs call:icon("unplug") ?>
						<h2><?cs var:Lang.line.empty ?></h2>
						<p><?cs var:Lang.line.empty_text ?></p>
					</div>
				</section>
			<?cs /if ?>
			<?cs each:l = Rs485.line ?><?cs call:line_card(l) ?><?cs /each ?>
		</div>
	</div>
</main>
