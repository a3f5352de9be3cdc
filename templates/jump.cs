<?cs #
	Jump.{plate,path,name,from,to,before,first,energy,action,fate},
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/amendments"><?cs call:icon("chevron-left") ?><?cs var:Lang.amend.title ?></a>
			<h1><?cs var:Lang.amend.jump_title ?></h1>
			<p class="l-head__sub">
				<?cs if:Jump.plate ?><a class="c-plate" href="<?cs var:Jump.path ?>"><?cs var:Jump.plate ?></a><?cs else ?><?cs var:Lang.amend.removed ?><?cs /if ?>
				<span><?cs var:Jump.name ?></span>
			</p>
		</div>
	</div>
	<section class="c-module l-narrow" aria-labelledby="j1">
		<?cs call:strip("j1", Lang.amend.jump_what, "") ?>
		<div class="c-module__body l-stack">
			<form class="c-form" method="post" action="<?cs var:Jump.action ?>">
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<?cs call:form_wrong() ?>
				<dl class="c-facts">
					<div><dt><?cs var:Jump.from ?></dt><dd><?cs var:Jump.before ?></dd></div>
					<div><dt><?cs var:Jump.to ?></dt><dd><?cs var:Jump.first ?></dd></div>
					<div><dt><?cs var:Lang.amend.difference ?></dt><dd>+<?cs var:Jump.energy ?></dd></div>
				</dl>
				<?cs if:Jump.fate ?>
					<?cs call:notice("", "status", "info", "", Jump.fate) ?>
					<p><a class="c-btn" href="/amendments"><?cs var:Lang.amend.title ?></a></p>
				<?cs else ?>
					<ul class="c-points">
						<li><?cs var:Lang.amend.accept_means ?></li>
						<li><?cs var:Lang.amend.reject_means ?></li>
						<li><?cs var:Lang.amend.undo_later ?></li>
					</ul>
					<div class="c-actions">
						<button class="c-btn c-btn--primary" type="submit" name="answer" value="accept"><?cs var:Lang.amend.accept ?></button>
						<button class="c-btn" type="submit" name="answer" value="reject"><?cs var:Lang.amend.reject ?></button>
						<a class="c-btn c-btn--quiet" href="/amendments"><?cs var:Lang.form.cancel ?></a>
					</div>
				<?cs /if ?>
			</form>
		</div>
	</section>
</main>
