<?cs #
	Remove.plate, Remove.title, Remove.button, Remove.back, Remove.action, Remove.main,
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="<?cs var:Remove.back ?>"><?cs call:icon("chevron-left") ?><?cs var:Remove.plate ?></a>
			<h1><?cs var:Remove.title ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow">
		<div class="c-module__body">
			<form class="c-form" method="post" action="<?cs var:Remove.action ?>">
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<?cs call:form_wrong() ?>
				<ul class="c-points">
					<li><?cs var:Lang.devices.remove_asked ?></li>
					<li><?cs var:Lang.devices.remove_history ?></li>
					<?cs if:#Remove.main ?><li><?cs var:Lang.devices.remove_main ?></li><?cs /if ?>
					<li><?cs var:Lang.devices.remove_undo ?></li>
				</ul>
				<div class="c-actions">
					<button class="c-btn c-btn--danger" type="submit"><?cs var:Remove.button ?></button>
					<a class="c-btn" href="<?cs var:Remove.back ?>"><?cs var:Lang.form.cancel ?></a>
				</div>
			</form>
		</div>
	</section>
</main>
