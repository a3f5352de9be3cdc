<?cs #
	Amend.n, Amend.older, Amend.paged, Amend.jumps,
	Amend.jump.N.{plate,path,name,from,to,before,first,energy,href},
	Amend.row.N.{plate,path,name,says,reason,who,at,href,undone}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:whose(r) ?>
	<?cs if:r.plate ?><a class="c-plate" href="<?cs var:r.path ?>"><?cs var:r.plate ?></a><?cs else ?><?cs var:Lang.amend.removed ?><?cs /if ?>
<?cs /def ?>

<?cs def:jump(j) ?>
	<li class="c-amend__row">
		<?cs call:whose(j) ?>
		<div class="c-amend__main">
			<p><b>+<?cs var:j.energy ?></b> <?cs var:j.name ?></p>
			<p class="u-mute"><?cs var:j.from ?>: <?cs var:j.before ?> → <?cs var:j.to ?>: <?cs var:j.first ?></p>
		</div>
		<a class="c-btn c-btn--s" href="<?cs var:j.href ?>"><?cs var:Lang.amend.decide ?></a>
	</li>
<?cs /def ?>

<?cs def:change(r) ?>
	<li class="c-amend__row">
		<?cs call:whose(r) ?>
		<div class="c-amend__main">
			<p<?cs if:r.undone ?> class="c-amend__undone"<?cs /if ?>><b><?cs var:r.says ?></b></p>
			<p><?cs var:r.name ?><?cs if:r.reason ?>. <?cs var:Lang.amend.reason ?>: <?cs var:r.reason ?><?cs /if ?></p>
			<p class="u-mute"><?cs var:r.who ?>, <?cs var:r.at ?></p>
			<?cs if:r.undone ?><p class="u-mute"><?cs var:r.undone ?></p><?cs /if ?>
		</div>
		<?cs if:!r.undone ?><a class="c-btn c-btn--s" href="<?cs var:r.href ?>"><?cs var:Lang.amend.undo_dots ?></a><?cs /if ?>
	</li>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.amend.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.amend.title_text ?></p>
		</div>
	</div>
	<?cs call:form_done() ?>
	<section class="c-module" aria-labelledby="u1">
		<?cs call:strip("u1", Lang.amend.waiting, "") ?>
		<div class="c-module__body l-stack">
			<?cs if:#Amend.jumps > #0 ?>
				<p><?cs var:Lang.amend.waiting_text ?></p>
				<ul class="c-amend">
					<?cs each:j = Amend.jump ?><?cs call:jump(j) ?><?cs /each ?>
				</ul>
			<?cs else ?>
				<p><?cs var:Lang.amend.none_waiting ?></p>
			<?cs /if ?>
		</div>
	</section>
	<section class="c-module u-below" aria-labelledby="u2">
		<?cs call:strip("u2", Lang.amend.changes, Lang.events.newest) ?>
		<div class="c-module__body l-stack">
			<?cs if:#Amend.n > #0 ?>
				<ul class="c-amend">
					<?cs each:r = Amend.row ?><?cs call:change(r) ?><?cs /each ?>
				</ul>
			<?cs elif:#Amend.paged ?>
				<p><?cs var:Lang.events.no_more ?></p>
			<?cs else ?>
				<p><?cs var:Lang.amend.no_changes ?></p>
			<?cs /if ?>
		</div>
		<?cs if:#Amend.paged || Amend.older ?>
			<p class="c-module__foot">
				<?cs if:Amend.older ?><a class="c-btn c-btn--s" href="<?cs var:Amend.older ?>"><?cs var:Lang.events.older ?></a><?cs /if ?>
				<?cs if:#Amend.paged ?><a class="c-btn c-btn--s" href="/amendments"><?cs var:Lang.events.first ?></a><?cs /if ?>
			</p>
		<?cs /if ?>
	</section>
</main>
