<?cs #
	Page.static, Page.role
?>
<?cs # What the pages of settings share: their index at the side. ?>
<?cs include!"layout.cs" ?>

<?cs def:settings_entry(id, current, name) ?>
	<li>
		<a href="/settings/<?cs var:id ?>"<?cs if:id == current ?> aria-current="page"<?cs /if ?>><?cs var:name ?></a>
	</li>
<?cs /def ?>

<?cs # stands in l-grid l-grid--side beside the forms; current is the last part of the path ?>
<?cs def:settings_side(current) ?>
	<nav class="c-side c-side--row" aria-label="<?cs var:Lang.menu.settings ?>">
		<ul>
			<?cs call:settings_entry("rs485", current, Lang.settings.rs485) ?>
			<?cs call:settings_entry("site", current, Lang.settings.site) ?>
			<?cs call:settings_entry("storage", current, Lang.settings.storage) ?>
			<?cs call:settings_entry("mail", current, Lang.post.mail) ?>
			<?cs call:settings_entry("reports", current, Lang.reports.title) ?>
			<?cs call:settings_entry("ftp", current, Lang.ftp.title) ?>
			<?cs if:Page.role == "administrator" ?><?cs call:settings_entry("share", current, Lang.share.title) ?><?cs /if ?>
			<?cs call:settings_entry("folder", current, Lang.settings.folder) ?>
			<?cs if:Page.role == "administrator" ?><?cs call:settings_entry("keys", current, Lang.settings.keys) ?><?cs /if ?>
			<?cs if:Page.role == "administrator" ?><?cs call:settings_entry("certificate", current, Lang.settings.certificate) ?><?cs /if ?>
		</ul>
	</nav>
<?cs /def ?>
