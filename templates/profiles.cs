<?cs #
	Profiles.n, Profiles.own, Profiles.find,
	Profiles.section.N.name,
	Profiles.section.N.profile.N.{path,model,family,lacks,values,inputs,used.N.plate},
	Form.field.find.value
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:profile_row(p) ?>
	<tr role="row">
		<th role="rowheader" scope="row" class="k-name"><a href="<?cs var:p.path ?>"><?cs var:p.model ?></a></th>
		<td role="cell" class="k-family"><?cs call:or_dash(p.family) ?></td>
		<td role="cell" class="k-values">
			<?cs if:p.lacks ?>
				<span class="c-state c-state--idle"><?cs var:Lang.profiles.lacks ?></span>
			<?cs else ?>
				<?cs var:p.values ?> <?cs var:Lang.profiles.values ?>
				<?cs if:#p.inputs > #0 ?>, <?cs var:p.inputs ?> <?cs var:Lang.profiles.inputs ?><?cs /if ?>
			<?cs /if ?>
		</td>
		<td role="cell" class="k-used">
			<?cs each:u = p.used ?><span class="c-plate"><?cs var:u.plate ?></span> <?cs /each ?>
		</td>
	</tr>
<?cs /def ?>

<?cs def:section(s, id) ?>
	<section class="c-module" aria-labelledby="s-<?cs var:id ?>">
		<?cs call:strip("s-" + id, s.name, "") ?>
		<div class="c-module__body c-module__body--flush">
			<table class="c-table c-table--profiles" role="table">
				<thead role="rowgroup" class="u-hidden">
					<tr role="row">
						<th role="columnheader" scope="col"><?cs var:Lang.profiles.model ?></th>
						<th role="columnheader" scope="col"><?cs var:Lang.profiles.family ?></th>
						<th role="columnheader" scope="col"><?cs var:Lang.profiles.reads ?></th>
						<th role="columnheader" scope="col"><?cs var:Lang.profiles.used ?></th>
					</tr>
				</thead>
				<tbody role="rowgroup">
					<?cs each:p = s.profile ?><?cs call:profile_row(p) ?><?cs /each ?>
				</tbody>
			</table>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<a class="c-up" href="/devices"><?cs call:icon("chevron-left") ?><?cs var:Lang.devices.all ?></a>
			<h1><?cs var:Lang.profiles.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.profiles.about ?></p>
		</div>
		<div class="c-actions">
			<a class="c-btn c-btn--primary" href="/profiles/add"><?cs call:icon("plus") ?><?cs var:Lang.profiles.add ?></a>
		</div>
	</div>
	<?cs call:form_done() ?>
	<div class="l-stack">
		<form class="c-find" method="get" action="/profiles" role="search">
			<label class="u-hidden" for="find"><?cs var:Lang.profiles.find ?></label>
			<input class="c-input" id="find" name="find" type="search" maxlength="60" placeholder="<?cs var:Lang.profiles.find ?>" value="<?cs var:Form.field.find.value ?>">
			<button class="c-btn" type="submit"><?cs var:Lang.profiles.find_button ?></button>
		</form>
		<?cs if:#Profiles.own == #0 && !Profiles.find ?>
			<?cs call:notice("", "", "info", "", Lang.profiles.none_own) ?>
		<?cs /if ?>
		<?cs if:#Profiles.n == #0 ?>
			<?cs call:notice("", "status", "info", "", Lang.profiles.none_found) ?>
		<?cs /if ?>
		<?cs each:s = Profiles.section ?><?cs call:section(s, name(s)) ?><?cs /each ?>
	</div>
</main>
