<?cs #
	Amend.{plate,path,name,says,reason,who,at,href,undone},
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/amendments"><?cs call:icon("chevron-left") ?><?cs var:Lang.amend.title ?></a>
			<h1><?cs var:Lang.amend.undo_title ?></h1>
			<p class="l-head__sub">
				<?cs if:Amend.plate ?><a class="c-plate" href="<?cs var:Amend.path ?>"><?cs var:Amend.plate ?></a><?cs else ?><?cs var:Lang.amend.removed ?><?cs /if ?>
				<span><?cs var:Amend.name ?></span>
			</p>
		</div>
	</div>
	<section class="c-module l-narrow" aria-labelledby="a1">
		<?cs call:strip("a1", Lang.amend.change, Amend.at) ?>
		<div class="c-module__body l-stack">
			<form class="c-form" method="post" action="<?cs var:Amend.href ?>">
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<?cs call:form_wrong() ?>
				<p><b><?cs var:Amend.says ?></b></p>
				<?cs if:Amend.reason ?><p><?cs var:Lang.amend.reason ?>: <?cs var:Amend.reason ?></p><?cs /if ?>
				<p class="u-mute"><?cs var:Amend.who ?>, <?cs var:Amend.at ?></p>
				<?cs if:Amend.undone ?>
					<?cs call:notice("", "status", "info", "", Amend.undone) ?>
				<?cs else ?>
					<p><?cs var:Lang.amend.undo_means ?></p>
					<div class="c-actions">
						<button class="c-btn c-btn--danger" type="submit"><?cs var:Lang.amend.undo ?></button>
						<a class="c-btn" href="/amendments"><?cs var:Lang.form.cancel ?></a>
					</div>
				<?cs /if ?>
			</form>
		</div>
	</section>
</main>
