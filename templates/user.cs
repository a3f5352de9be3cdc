<?cs #
	Page.title,
	User.{title,action,new,name,last,changed,failed,sessions,browsers,blocked,factory,me},
	Codes.{new,user,pin,puk},
	Rights.more, Rights.row.N.{field,word,plate,name,zone,below,on},
	Form.csrf, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"codes.cs" ?>

<?cs # zones and meters to tick ?>
<?cs def:rights() ?>
	<fieldset class="c-field">
		<legend class="c-field__label"><?cs var:Lang.users.rights ?></legend>
		<p class="c-field__hint"><?cs var:Lang.users.rights_hint ?></p>
		<?cs if:#Rights.more ?><p class="c-field__hint"><?cs var:Lang.users.rights_more ?></p><?cs /if ?>
		<div class="c-tree">
			<?cs each:r = Rights.row ?>
				<label class="c-choice<?cs if:#r.below ?> c-choice--below<?cs /if ?>">
					<input type="checkbox" name="<?cs var:r.field ?>" value="<?cs var:r.word ?>"<?cs if:#r.on ?> checked<?cs /if ?>>
					<span>
						<?cs if:#r.zone ?><b><?cs var:r.name ?></b> <span class="u-mute"><?cs var:Lang.users.zone ?></span><?cs else ?><span class="c-plate"><?cs var:r.plate ?></span> <?cs var:r.name ?><?cs /if ?>
					</span>
				</label>
			<?cs /each ?>
		</div>
	</fieldset>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/users"><?cs call:icon("chevron-left") ?><?cs var:Lang.menu.users ?></a>
			<h1><?cs if:#User.new ?><?cs var:Lang.users.add ?><?cs else ?><?cs var:User.title ?><?cs /if ?></h1>
		</div>
	</div>
	<?cs if:#Codes.new ?>
		<?cs call:new_codes() ?>
	<?cs else ?>
	<div class="l-grid l-grid--2-1 l-grid--top">
		<section class="c-module" aria-labelledby="form-h">
			<?cs call:strip("form-h", Lang.users.what_may, "") ?>
			<div class="c-module__body">
				<?cs call:form_open(User.action) ?>
				<?cs call:field_text("name", Lang.users.name, Lang.users.name_hint) ?>
				<?cs call:field_choice("role", Lang.users.role) ?>
				<?cs call:field_select("lang", Lang.language, "") ?>
				<?cs call:field_choice("sees", Lang.users.sees) ?>
				<?cs if:?Rights.row.0.word ?><?cs call:rights() ?><?cs /if ?>
				<?cs if:#User.new ?>
					<?cs call:field_pin_new("pin_new", Lang.users.pin, Lang.users.pin_hint) ?>
					<?cs call:field_pin_new("pin_again", Lang.puk.again, "") ?>
				<?cs elif:!#User.me ?>
					<?cs call:field_tick("enabled", Lang.users.enabled, "") ?>
				<?cs /if ?>
				<?cs call:field_pin("mine", Lang.ratify.pin, Lang.ratify.hint) ?>
				<?cs if:#User.new ?>
					<?cs call:form_close(Lang.users.add_button, "/users") ?>
				<?cs else ?>
					<?cs call:form_close(Lang.users.save, "/users") ?>
				<?cs /if ?>
			</div>
		</section>
		<?cs if:!#User.new ?>
			<section class="c-module" aria-labelledby="facts-h">
				<?cs call:strip("facts-h", Lang.users.facts, "") ?>
				<div class="c-module__body l-stack">
					<?cs if:#User.blocked ?><?cs call:notice("alarm", "", "octagon-alert", Lang.users.is_blocked, Lang.users.blocked_text) ?><?cs /if ?>
					<?cs if:#User.factory ?><?cs call:notice("warn", "", "triangle-alert", Lang.users.is_leaflet, Lang.users.leaflet_text) ?><?cs /if ?>
					<dl class="c-pairs">
						<div><dt><?cs var:Lang.users.last ?></dt><dd><?cs var:User.last ?></dd></div>
						<div><dt><?cs var:Lang.users.changed ?></dt><dd><?cs var:User.changed ?></dd></div>
						<div><dt><?cs var:Lang.users.failed ?></dt><dd><?cs var:User.failed ?></dd></div>
						<div><dt><?cs var:Lang.users.sessions ?></dt><dd><?cs var:User.sessions ?></dd></div>
						<div><dt><?cs var:Lang.users.browsers ?></dt><dd><?cs var:User.browsers ?></dd></div>
					</dl>
					<div class="c-actions">
						<a class="c-btn" href="<?cs var:User.action ?>/codes"><?cs var:Lang.users.codes ?>…</a>
						<?cs if:!#User.me ?><a class="c-btn c-btn--danger" href="<?cs var:User.action ?>/remove"><?cs var:Lang.users.remove ?>…</a><?cs /if ?>
					</div>
				</div>
			</section>
		<?cs /if ?>
	</div>
	<?cs /if ?>
</main>
