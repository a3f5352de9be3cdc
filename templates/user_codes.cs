<?cs #
	Page.title,
	User.{title,name},
	Codes.{user,pin,puk},
	Form.csrf, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"codes.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/users"><?cs call:icon("chevron-left") ?><?cs var:Lang.menu.users ?></a>
			<h1><?cs var:User.title ?></h1>
		</div>
	</div>
	<?cs if:?Codes.user ?>
		<?cs call:new_codes() ?>
	<?cs else ?>
		<section class="c-module l-narrow">
			<div class="c-module__body l-stack">
				<p><?cs var:Lang.users.codes_text ?></p>
				<form class="c-form" method="post" action="/users/<?cs var:User.name ?>/codes" novalidate>
					<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
					<?cs call:form_wrong() ?>
					<?cs call:field_choice("what", Lang.users.what) ?>
					<?cs call:field_pin_new("pin_new", Lang.users.pin, Lang.users.pin_hint) ?>
					<?cs call:field_pin_new("pin_again", Lang.puk.again, "") ?>
					<?cs call:field_pin("mine", Lang.ratify.pin, Lang.ratify.hint) ?>
					<?cs call:form_close(Lang.users.give, "/users") ?>
			</div>
		</section>
	<?cs /if ?>
</main>
