<?cs #
	Page.static
?>
<?cs # What the pages share.

	These files are sent without what only helps to read them: the tabs a line begins with, empty
	lines, and the end of a line behind a command.  So indent freely, and write on one line what
	must stay apart by a blank or must not: a number and its unit, the text of a link.
?>

<?cs # a drawing of htdocs/icons.svg ?>
<?cs def:icon(name) ?>
	<svg class="icon" aria-hidden="true">
		<use href="<?cs var:Page.static ?>/icons.svg#<?cs var:name ?>"/>
	</svg>
<?cs /def ?>

<?cs # a text, a dash where there is none ?>
<?cs def:or_dash(text) ?><?cs if:?text ?><?cs var:text ?><?cs else ?>–<?cs /if ?><?cs /def ?>

<?cs # a value that app.js keeps up to date under that key, which may be "" ?>
<?cs def:live(key, text) ?>
	<span<?cs if:key ?> data-live="<?cs var:key ?>"<?cs /if ?>><?cs call:or_dash(text) ?></span><?cs /def ?>

<?cs # the large number of a card and its unit ?>
<?cs def:readout(v, class) ?>
	<p class="c-readout <?cs var:class ?>">
		<span><?cs call:or_dash(v.n) ?></span>
		<span class="c-readout__u"><?cs var:v.u ?></span>
	</p>
<?cs /def ?>

<?cs # more or less than before, in words ?>
<?cs def:delta(d) ?>
	<p class="c-delta">
		<?cs if:?d.icon ?><?cs call:icon(d.icon) ?><?cs /if ?>
		<span><?cs var:d.a ?><b><?cs var:d.b ?></b><?cs var:d.c ?></span>
	</p>
<?cs /def ?>

<?cs # the label strip on top of a card; the note may be "" ?>
<?cs def:strip(id, heading, note) ?>
	<div class="c-module__strip">
		<h2 id="<?cs var:id ?>"><?cs var:heading ?></h2>
		<?cs if:note ?><span class="c-module__note"><?cs var:note ?></span><?cs /if ?>
	</div>
<?cs /def ?>

<?cs # the same on a card that is all of the page ?>
<?cs def:title_strip(heading, note) ?>
	<div class="c-module__strip">
		<h1 class="c-login__h"><?cs var:heading ?></h1>
		<span class="c-module__note"><?cs var:note ?></span>
	</div>
<?cs /def ?>

<?cs # one line of a chart's legend; kind is "" or a c-key-- ?>
<?cs def:key(kind, name) ?>
	<li>
		<span class="c-key<?cs if:kind ?> c-key--<?cs var:kind ?><?cs /if ?>"></span>
		<?cs var:name ?>
	</li>
<?cs /def ?>

<?cs # kind is "", "warn" or "alarm"; role is "", "status" or "alert"; the heading may be "" ?>
<?cs def:notice(kind, role, icon, heading, text) ?>
	<div class="c-notice<?cs if:kind ?> c-notice--<?cs var:kind ?><?cs /if ?>"
		<?cs if:role ?> role="<?cs var:role ?>"<?cs /if ?>
		<?cs if:role == "alert" ?> id="errors" tabindex="-1"<?cs /if ?>>
		<?cs call:icon(icon) ?>
		<div class="c-notice__b">
			<?cs if:heading ?><h2><?cs var:heading ?></h2><?cs /if ?>
			<p><?cs var:text ?></p>
		</div>
	</div>
<?cs /def ?>

<?cs # no devices yet ?>
<?cs def:no_devices(advice) ?>
	<section class="c-module c-empty">
		<div class="c-module__body">
			<?cs call:icon("gauge") ?>
			<h2><?cs var:Lang.home.empty ?></h2>
			<p><?cs var:advice ?></p>
		</div>
	</section>
<?cs /def ?>
