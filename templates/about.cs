<?cs #
	About.version,
	Page.static
?>
<?cs include!"layout.cs" ?>

<?cs def:part(name, licence, file) ?>
	<tr>
		<th scope="row"><?cs var:name ?></th>
		<td><a href="<?cs var:Page.static ?>/licences/<?cs var:file ?>"><?cs var:licence ?></a></td>
	</tr>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.about.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.foot.product ?>, mews <?cs var:About.version ?></p>
		</div>
	</div>
	<section class="c-module" aria-labelledby="a1">
		<?cs call:strip("a1", Lang.about.licences, "") ?>
		<div class="c-module__body c-module__body--flush">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.about.part ?></th>
						<th scope="col"><?cs var:Lang.about.licence ?></th>
					</tr>
				</thead>
				<tbody>
					<tr>
						<th scope="row">mews</th>
						<td>MIT</td>
					</tr>
					<?cs call:part("Barlow", "OFL-1.1", "barlow.txt") ?>
					<?cs call:part("uPlot", "MIT", "uplot.txt") ?>
					<?cs call:part("Lucide", "ISC", "lucide.txt") ?>
					<tr>
						<th scope="row">ClearSilver</th>
						<td>Neotonic ClearSilver Software License 1.0</td>
					</tr>
				</tbody>
			</table>
		</div>
		<div class="c-module__foot">
			<span><?cs var:Lang.about.clearsilver ?></span>
			<span><?cs var:Lang.about.makers ?></span>
		</div>
	</section>
</main>
