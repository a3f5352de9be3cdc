<?cs #
	Users.full, Users.user.N.{value,role,lang,last,sessions,state,says,me},
	Form.csrf, Form.done
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.menu.users ?></h1>
			<p class="l-head__sub"><?cs var:Lang.users.text ?></p>
		</div>
		<?cs if:!#Users.full ?><a class="c-btn c-btn--primary" href="/users/add"><?cs var:Lang.users.add ?></a><?cs /if ?>
	</div>
	<?cs call:form_done() ?>
	<?cs if:#Users.full ?><?cs call:notice("", "", "info", "", Lang.users.full) ?><?cs /if ?>
	<section class="c-module" aria-labelledby="u1">
		<?cs call:strip("u1", Lang.users.who, "") ?>
		<ul class="c-people">
			<?cs each:u = Users.user ?>
				<li>
					<div>
						<b><?cs var:u.value ?></b><?cs if:#u.me ?> <span class="u-mute"><?cs var:Lang.users.me ?></span><?cs /if ?>
						<p><?cs var:u.role ?> · <?cs var:u.lang ?></p>
						<p class="u-mute"><?cs var:Lang.users.last ?> <?cs var:u.last ?></p>
					</div>
					<span class="c-state<?cs if:u.state == "blocked" ?> c-state--bad<?cs elif:u.state != "ok" ?> c-state--idle<?cs /if ?>"><?cs var:u.says ?></span>
					<span class="c-actions">
						<a class="c-btn c-btn--s" href="/users/<?cs var:u.value ?>/codes" aria-label="<?cs var:Lang.users.codes ?>: <?cs var:u.value ?>"><?cs var:Lang.users.codes ?></a>
						<a class="c-btn c-btn--s" href="/users/<?cs var:u.value ?>" aria-label="<?cs var:Lang.users.edit ?>: <?cs var:u.value ?>"><?cs var:Lang.users.edit ?></a>
					</span>
				</li>
			<?cs /each ?>
		</ul>
	</section>
</main>
