<?cs #
	Page.title,
	User.{title,name,button},
	Form.csrf, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/users"><?cs call:icon("chevron-left") ?><?cs var:Lang.menu.users ?></a>
			<h1><?cs var:User.title ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow">
		<div class="c-module__body">
			<form class="c-form" method="post" action="/users/<?cs var:User.name ?>/remove" novalidate>
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<?cs call:form_wrong() ?>
				<ul class="c-points">
					<li><?cs var:Lang.users.remove_now ?></li>
					<li><?cs var:Lang.users.remove_log ?></li>
					<li><?cs var:Lang.users.remove_disable ?></li>
				</ul>
				<?cs call:field_pin("mine", Lang.ratify.pin, Lang.ratify.hint) ?>
				<div class="c-actions">
					<button class="c-btn c-btn--danger" type="submit"><?cs var:User.button ?></button>
					<a class="c-btn" href="/users/<?cs var:User.name ?>"><?cs var:Lang.form.cancel ?></a>
				</div>
			</form>
		</div>
	</section>
</main>
