<?cs #
	Page.title,
	Profile.id, Profile.vendor, Profile.model, Profile.family, Profile.lacks, Profile.own, Profile.users,
	Profile.block, Profile.serial, Profile.answer, Profile.quickest, Profile.marks,
	Profile.read.N.{name,function,address,type,scale,unit,often},
	Profile.command.N.{name,function,address,value,confirm},
	Profile.source.N.text,
	Profile.used.N.{plate,name,path},
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:fact(name, value, unit) ?>
	<?cs if:value ?>
		<div>
			<dt><?cs var:name ?></dt>
			<dd><?cs var:value ?><?cs if:unit ?> <small><?cs var:unit ?></small><?cs /if ?></dd>
		</div>
	<?cs /if ?>
<?cs /def ?>

<?cs def:facts() ?>
	<section class="c-module" aria-labelledby="facts">
		<?cs call:strip("facts", Lang.profiles.facts, Profile.id) ?>
		<div class="c-module__body">
			<dl class="c-facts c-facts--plain">
				<?cs call:fact(Lang.profiles.family, Profile.family, "") ?>
				<?cs if:#Profile.own ?>
					<?cs call:fact(Lang.profiles.origin, Lang.profiles.is_own, "") ?>
				<?cs else ?>
					<?cs call:fact(Lang.profiles.origin, Lang.profiles.is_shipped, "") ?>
				<?cs /if ?>
				<?cs call:fact(Lang.profiles.serial, Profile.serial, "") ?>
				<?cs call:fact(Lang.profiles.block, Profile.block, Lang.profiles.registers) ?>
				<?cs call:fact(Lang.profiles.answer, Profile.answer, "ms") ?>
				<?cs call:fact(Lang.profiles.quickest, Profile.quickest, "s") ?>
			</dl>
			<p class="c-field__hint c-after">
				<?cs if:#Profile.marks > #0 ?><?cs var:Lang.profiles.marks ?><?cs else ?><?cs var:Lang.profiles.no_marks ?><?cs /if ?>
			</p>
		</div>
	</section>
<?cs /def ?>

<?cs def:users() ?>
	<section class="c-module" aria-labelledby="users">
		<?cs call:strip("users", Lang.profiles.used, "") ?>
		<div class="c-module__body">
			<?cs if:#Profile.users == #0 ?>
				<p class="u-mute"><?cs var:Lang.profiles.unused ?></p>
			<?cs else ?>
				<ul class="c-leads">
					<?cs each:u = Profile.used ?>
						<li><a href="<?cs var:u.path ?>"><span class="c-plate"><?cs var:u.plate ?></span><?cs var:u.name ?></a></li>
					<?cs /each ?>
				</ul>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:sources() ?>
	<section class="c-module" aria-labelledby="sources">
		<?cs call:strip("sources", Lang.profiles.sources, "") ?>
		<div class="c-module__body">
			<ul class="c-points" lang="en">
				<?cs each:s = Profile.source ?><li class="c-break"><?cs var:s.text ?></li><?cs /each ?>
			</ul>
		</div>
	</section>
<?cs /def ?>

<?cs def:read_row(r) ?>
	<tr>
		<th scope="row"><?cs var:r.name ?></th>
		<td class="u-num"><?cs var:r.function ?></td>
		<td class="u-num"><?cs var:r.address ?></td>
		<td><?cs var:r.type ?></td>
		<td class="u-num"><?cs call:or_dash(r.scale) ?></td>
		<td><?cs call:or_dash(r.unit) ?></td>
		<td><?cs var:r.often ?></td>
	</tr>
<?cs /def ?>

<?cs def:reads() ?>
	<section class="c-module" aria-labelledby="reads">
		<?cs call:strip("reads", Lang.profiles.reads, Lang.profiles.address_note) ?>
		<div class="c-module__body c-module__body--flush c-scroll" tabindex="0">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.profiles.value ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.profiles.function ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.profiles.register ?></th>
						<th scope="col"><?cs var:Lang.profiles.kind ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.profiles.scale ?></th>
						<th scope="col"><?cs var:Lang.profiles.unit ?></th>
						<th scope="col"><?cs var:Lang.profiles.often ?></th>
					</tr>
				</thead>
				<tbody><?cs each:r = Profile.read ?><?cs call:read_row(r) ?><?cs /each ?></tbody>
			</table>
		</div>
	</section>
<?cs /def ?>

<?cs def:commands() ?>
	<section class="c-module" aria-labelledby="commands">
		<?cs call:strip("commands", Lang.profiles.commands, "") ?>
		<div class="c-module__body c-module__body--flush c-scroll">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.profiles.command ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.profiles.function ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.profiles.register ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.profiles.written ?></th>
						<th scope="col"><?cs var:Lang.profiles.confirm ?></th>
					</tr>
				</thead>
				<tbody>
					<?cs each:m = Profile.command ?>
						<tr>
							<th scope="row"><?cs var:m.name ?></th>
							<td class="u-num"><?cs var:m.function ?></td>
							<td class="u-num"><?cs var:m.address ?></td>
							<td class="u-num"><?cs var:m.value ?></td>
							<td><?cs var:m.confirm ?></td>
						</tr>
					<?cs /each ?>
				</tbody>
			</table>
		</div>
	</section>
<?cs /def ?>

<?cs # two steps: unfold, then the button ?>
<?cs def:remove() ?>
	<details class="c-disclose">
		<summary><?cs var:Lang.profiles.remove ?></summary>
		<div class="c-means">
			<p><?cs var:Lang.profiles.remove_text ?></p>
			<div class="c-actions"><?cs call:form_button("/profiles/" + Profile.id, "danger", "", Lang.profiles.remove_button) ?></div>
		</div>
	</details>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/profiles"><?cs call:icon("chevron-left") ?><?cs var:Lang.profiles.title ?></a>
			<h1><?cs var:Profile.vendor ?> <?cs var:Profile.model ?></h1>
		</div>
		<div class="c-actions">
			<?cs if:#Profile.own ?>
				<a class="c-btn c-btn--primary" href="/profiles/add?from=<?cs var:Profile.id ?>"><?cs var:Lang.profiles.edit ?></a>
			<?cs else ?>
				<a class="c-btn" href="/profiles/add?from=<?cs var:Profile.id ?>"><?cs call:icon("plus") ?><?cs var:Lang.profiles.copy ?></a>
			<?cs /if ?>
			<a class="c-btn" href="/profiles/<?cs var:Profile.id ?>/file"><?cs call:icon("file-down") ?><?cs var:Lang.profiles.download ?></a>
		</div>
	</div>
	<?cs call:form_done() ?>
	<?cs call:form_wrong() ?>
	<?cs if:Profile.lacks ?>
		<div class="c-notice c-notice--warn">
			<?cs call:icon("triangle-alert") ?>
			<div class="c-notice__b">
				<h2><?cs var:Lang.profiles.template ?></h2>
				<p><?cs var:Lang.profiles.template_text ?> <span lang="en"><?cs var:Profile.lacks ?></span></p>
			</div>
		</div>
	<?cs /if ?>
	<div class="l-grid l-grid--2-1 l-grid--top">
		<div class="l-stack">
			<?cs if:subcount(Profile.read) > #0 ?><?cs call:reads() ?><?cs /if ?>
			<?cs if:subcount(Profile.command) > #0 ?><?cs call:commands() ?><?cs /if ?>
			<?cs if:subcount(Profile.source) > #0 ?><?cs call:sources() ?><?cs /if ?>
		</div>
		<div class="l-stack">
			<?cs call:facts() ?>
			<?cs call:users() ?>
			<?cs if:#Profile.own ?><?cs call:remove() ?><?cs /if ?>
		</div>
	</div>
</main>
