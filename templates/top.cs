<?cs #
	Page.lang, Page.static, Page.title, Page.site, Page.chart, Page.user, Page.role,
	Page.csrf, Page.menu, Page.again, Page.damaged, Page.theme, Page.idle,
	Page.greet, Page.greet_failed
?>
<?cs include!"layout.cs" ?>

<?cs def:font(file) ?>
	<link rel="preload" href="<?cs var:Page.static ?>/barlow/<?cs var:file ?>"
		as="font" type="font/woff2" crossorigin>
<?cs /def ?>

<?cs def:style(file) ?>
	<link rel="stylesheet" href="<?cs var:Page.static ?>/<?cs var:file ?>">
<?cs /def ?>

<?cs def:script(file) ?>
	<script src="<?cs var:Page.static ?>/<?cs var:file ?>" defer></script>
<?cs /def ?>

<?cs # one entry of the menu ?>
<?cs def:entry(id, path, icon, name) ?>
	<li>
		<a href="<?cs var:path ?>" data-name="<?cs var:name ?>"
			<?cs if:Page.menu == id ?> aria-current="page"<?cs /if ?>>
			<?cs call:icon(icon) ?>
			<?cs var:name ?>
		</a>
	</li>
<?cs /def ?>

<?cs # three modules on a rail ?>
<?cs def:mark() ?>
	<svg viewBox="0 0 30 26" aria-hidden="true">
		<rect class="m-rail" x="0" y="11" width="30" height="4"/>
		<rect class="m-body" x="3" y="2" width="7" height="22" rx="1.5"/>
		<rect class="m-on" x="12" y="2" width="7" height="22" rx="1.5"/>
		<rect class="m-body" x="21" y="2" width="7" height="22" rx="1.5"/>
	</svg>
<?cs /def ?>

<!DOCTYPE html>
<html lang="<?cs var:Page.lang ?>"<?cs if:Page.theme ?> data-theme="<?cs var:Page.theme ?>"<?cs /if ?>>
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
	<title><?cs var:Page.title ?> — <?cs var:Page.site ?></title>
	<?cs call:font("barlow-latin-400-normal.woff2") ?>
	<?cs call:font("barlow-latin-600-normal.woff2") ?>
	<?cs call:style("tokens.css") ?>
	<?cs call:style("app.css") ?>
	<?cs if:#Page.chart ?>
		<?cs call:style("uplot/uPlot.min.css") ?>
		<?cs call:script("uplot/uPlot.iife.min.js") ?>
		<?cs call:script("chart.js") ?>
		<noscript><?cs call:style("noscript.css") ?></noscript>
	<?cs /if ?>
	<?cs call:script("app.js") ?>
	<?cs if:#Page.again ?>
		<noscript><meta http-equiv="refresh" content="<?cs var:#Page.again ?>"></noscript>
	<?cs /if ?>
	<link rel="icon" href="<?cs var:Page.static ?>/favicon.svg" type="image/svg+xml">
</head>
<body<?cs if:?Page.user ?> class="has-nav"<?cs /if ?>>
<a class="c-skip" href="#main"><?cs var:Lang.skip ?></a>
<?cs if:?Page.user ?>
	<header class="c-top">
		<div class="c-top__in">
			<a class="c-top__mark" href="<?cs if:Page.role == "user" ?>/home<?cs elif:Page.role == "installer" ?>/bus<?cs else ?>/system<?cs /if ?>">
				<?cs call:mark() ?>
				<span><?cs var:Page.site ?></span>
			</a>
			<nav class="c-nav" aria-label="<?cs var:Lang.menu.main ?>">
				<ul>
					<?cs if:Page.role == "user" ?>
						<?cs call:entry("home", "/home", "house", Lang.menu.home) ?>
						<?cs call:entry("meters", "/meters", "gauge", Lang.menu.meters) ?>
						<?cs call:entry("history", "/history", "chart-column", Lang.history.title) ?>
						<?cs call:entry("compare", "/compare", "git-compare-arrows", Lang.compare.title) ?>
						<?cs call:entry("events", "/events", "bell", Lang.menu.events) ?>
					<?cs elif:Page.role == "administrator" ?>
						<?cs call:entry("system", "/system", "house", Lang.menu.home) ?>
						<?cs call:entry("devices", "/devices", "server", Lang.menu.devices) ?>
						<?cs call:entry("events", "/events", "bell", Lang.menu.events) ?>
						<?cs call:entry("settings", "/settings/rs485", "settings", Lang.menu.settings) ?>
						<?cs call:entry("users", "/users", "user", Lang.menu.users) ?>
					<?cs else ?>
						<?cs call:entry("bus", "/bus", "house", Lang.menu.home) ?>
						<?cs call:entry("meters", "/meters", "gauge", Lang.menu.meters) ?>
						<?cs call:entry("devices", "/devices", "server", Lang.menu.devices) ?>
						<?cs call:entry("gateway", "/gateway", "git-compare-arrows", Lang.menu.gateway) ?>
						<?cs call:entry("settings", "/settings/rs485", "settings", Lang.menu.settings) ?>
					<?cs /if ?>
				</ul>
			</nav>
			<form class="c-top__tools" method="post" action="/sign-out">
				<input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
				<a class="c-user" href="/account" aria-label="<?cs var:Lang.account.title ?>: <?cs var:Page.user ?>">
					<?cs call:icon("user") ?>
					<span class="c-user-name"><?cs var:Page.user ?></span>
				</a>
				<button class="c-top__out" type="submit" aria-label="<?cs var:Lang.sign_out ?>">
					<?cs call:icon("log-out") ?>
					<span class="c-user-name"><?cs var:Lang.sign_out ?></span>
				</button>
			</form>
		</div>
	</header>
	<?cs if:#Page.idle ?>
		<div class="c-idle" id="idle" data-idle="<?cs var:#Page.idle ?>" role="alertdialog" aria-labelledby="idle-h" aria-describedby="idle-t" hidden>
			<div class="c-notice c-notice--warn">
				<?cs call:icon("triangle-alert") ?>
				<div class="c-notice__b">
					<h2 id="idle-h"><?cs var:Lang.idle.title ?></h2>
					<p id="idle-t"><?cs var:Lang.idle.text ?></p>
				</div>
				<button class="c-btn" type="button"><?cs var:Lang.idle.stay ?></button>
			</div>
		</div>
	<?cs /if ?>
	<?cs if:?Page.greet ?>
		<aside class="l-banner" aria-label="<?cs var:Lang.greet.title ?>">
			<?cs if:?Page.greet_failed ?>
				<?cs call:notice("warn", "status", "triangle-alert", Page.greet_failed, Page.greet) ?>
			<?cs else ?>
				<?cs call:notice("", "status", "circle-check", "", Page.greet) ?>
			<?cs /if ?>
		</aside>
	<?cs /if ?>
	<?cs if:?Page.damaged ?>
		<aside class="l-banner" aria-label="<?cs var:Lang.damage.title ?>">
			<div class="c-notice c-notice--alarm">
				<?cs call:icon("octagon-alert") ?>
				<div class="c-notice__b">
					<h2><?cs var:Lang.damage.title ?></h2>
					<p><?cs var:Page.damaged ?></p>
				</div>
				<?cs if:Page.role == "administrator" ?>
					<form method="post" action="/damage/seen">
						<input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
						<button class="c-btn" type="submit"><?cs var:Lang.damage.seen ?></button>
					</form>
				<?cs else ?>
					<a class="c-btn" href="/events"><?cs var:Lang.menu.events ?></a>
				<?cs /if ?>
			</div>
		</aside>
	<?cs /if ?>
<?cs /if ?>
