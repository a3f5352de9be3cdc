<?cs #
	Form.csrf, Form.done,
	System.{version,uptime,since,answering,addresses,minute,clock,time,zone,used,budget,left,says,fills,short,until,names},
	System.alarm.N.{kind,icon,title,text,path,button},
	System.backup.N.{at,time,size,path,restore},
	System.user.N.{name,role,last,says},
	System.way.N.{name,path,says,bad},
	System.seen.N.{at,severity,says,who,source},
	System.event.N.{at,severity,says}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:alarm(a) ?>
	<div class="c-notice c-notice--<?cs var:a.kind ?>">
		<?cs call:icon(a.icon) ?>
		<div class="c-notice__b">
			<h2><?cs var:a.title ?></h2>
			<p><?cs var:a.text ?></p>
		</div>
		<?cs if:a.path ?><a class="c-btn c-btn--s" href="<?cs var:a.path ?>"><?cs var:a.button ?></a><?cs /if ?>
	</div>
<?cs /def ?>

<?cs def:fact(name, text) ?>
	<div><dt><?cs var:name ?></dt><dd><?cs call:or_dash(text) ?></dd></div>
<?cs /def ?>

<?cs def:linked_strip(id, heading, path, link) ?>
	<div class="c-module__strip">
		<h2 id="<?cs var:id ?>"><?cs var:heading ?></h2>
		<a class="c-module__note" href="<?cs var:path ?>"><?cs var:link ?></a>
	</div>
<?cs /def ?>

<?cs def:box() ?>
	<section class="c-module" aria-labelledby="s-box" data-part="box">
		<?cs call:strip("s-box", Lang.system.box, "") ?>
		<div class="c-module__body">
			<dl class="c-pairs c-pairs--long">
				<?cs call:fact(Lang.system.version, System.version) ?>
				<?cs call:fact(Lang.system.since, System.since) ?>
				<?cs call:fact(Lang.system.uptime, System.uptime) ?>
				<div><dt><?cs var:Lang.system.devices ?></dt><dd><a href="/bus"><?cs call:or_dash(System.answering) ?></a></dd></div>
				<div><dt><?cs var:Lang.menu.gateway ?></dt><dd><a href="/gateway"><?cs var:Lang.system.gateway ?></a></dd></div>
				<div><dt><?cs var:Lang.system.minute ?></dt><dd><a href="/meters"><?cs call:or_dash(System.minute) ?></a></dd></div>
				<div><dt><?cs var:Lang.system.clock ?></dt><dd><?cs var:System.clock ?>, <?cs var:System.time ?> <?cs var:System.zone ?></dd></div>
				<?cs call:fact(Lang.system.addresses, System.addresses) ?>
				<div><dt><?cs var:Lang.system.certificate ?></dt><dd><?cs if:?System.until ?><a href="/settings/certificate"><?cs var:Lang.system.until ?> <?cs var:System.until ?></a><?cs else ?>–<?cs /if ?></dd></div>
			</dl>
		</div>
	</section>
<?cs /def ?>

<?cs def:space() ?>
	<section class="c-module" aria-labelledby="s-space" data-part="space">
		<?cs call:linked_strip("s-space", Lang.system.space, "/settings/storage", Lang.system.space_change) ?>
		<div class="c-module__body l-stack">
			<dl class="c-facts c-facts--3">
				<div><dt><?cs var:Lang.system.used ?></dt><dd><?cs call:or_dash(System.used) ?> <small>MB</small></dd></div>
				<div><dt><?cs var:Lang.system.budget ?></dt><dd><?cs call:or_dash(System.budget) ?> <small>MB</small></dd></div>
				<div><dt><?cs var:Lang.system.left ?></dt><dd><?cs call:or_dash(System.left) ?> <small>MB</small></dd></div>
			</dl>
			<?cs if:?System.says ?>
				<p><?cs var:System.says ?></p>
				<?cs if:?System.fills ?><p><?cs var:System.fills ?></p><?cs /if ?>
				<?cs if:?System.short ?><p><?cs var:System.short ?></p><?cs /if ?>
			<?cs else ?>
				<p><?cs var:Lang.storage.unknown ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:backups() ?>
	<section class="c-module" aria-labelledby="s-backup" data-part="backups">
		<?cs call:strip("s-backup", Lang.system.backups, Lang.system.backups_note) ?>
		<?cs if:?System.backup.0.at ?>
			<div class="c-module__body c-module__body--flush">
				<table class="c-table">
					<thead>
						<tr>
							<th scope="col"><?cs var:Lang.system.backup_at ?></th>
							<th scope="col" class="u-num">MB</th>
							<th scope="col"><span class="u-hidden"><?cs var:Lang.system.backup_get ?></span></th>
						</tr>
					</thead>
					<tbody>
						<?cs each:b = System.backup ?>
							<tr>
								<th scope="row"><?cs var:b.at ?>, <?cs var:b.time ?></th>
								<td class="u-num"><?cs var:b.size ?></td>
								<td class="u-num u-nowrap"><a class="c-btn c-btn--s" href="<?cs var:b.restore ?>" aria-label="<?cs var:Lang.system.restore ?> <?cs var:b.at ?>, <?cs var:b.time ?>"><?cs var:Lang.system.restore ?></a> <a class="c-btn c-btn--s" href="<?cs var:b.path ?>" aria-label="<?cs var:Lang.system.backup_get ?> <?cs var:b.at ?>, <?cs var:b.time ?>"><?cs var:Lang.system.backup_get ?></a></td>
							</tr>
						<?cs /each ?>
					</tbody>
				</table>
			</div>
		<?cs else ?>
			<div class="c-module__body"><p><?cs var:Lang.system.backup_none ?></p></div>
		<?cs /if ?>
		<div class="c-module__foot">
			<span><?cs var:Lang.system.backup_text ?></span>
			<a class="c-link" href="/system/upload"><?cs var:Lang.system.backup_upload ?></a>
		</div>
	</section>
<?cs /def ?>

<?cs def:people() ?>
	<section class="c-module" aria-labelledby="s-users" data-part="users">
		<?cs call:linked_strip("s-users", Lang.system.users, "/users", Lang.system.users_all) ?>
		<div class="c-module__body c-module__body--flush">
			<div class="c-scroll" tabindex="0" role="region" aria-label="<?cs var:Lang.system.users ?>">
			<table class="c-table">
				<thead>
					<tr>
						<th scope="col"><?cs var:Lang.system.user ?></th>
						<th scope="col"><?cs var:Lang.system.role ?></th>
						<th scope="col"><?cs var:Lang.users.last ?></th>
						<th scope="col"><?cs var:Lang.meters.state ?></th>
					</tr>
				</thead>
				<tbody>
					<?cs each:u = System.user ?>
						<tr>
							<th scope="row"><?cs var:u.name ?></th>
							<td><?cs var:u.role ?></td>
							<td><?cs var:u.last ?></td>
							<td><?cs var:u.says ?></td>
						</tr>
					<?cs /each ?>
				</tbody>
			</table>
			</div>
		</div>
	</section>
<?cs /def ?>

<?cs def:event(e) ?>
	<li>
		<span class="c-events__at"><?cs var:e.at ?></span>
		<span class="c-events__what c-events__what--<?cs var:e.severity ?>"><?cs var:e.says ?></span>
	</li>
<?cs /def ?>

<?cs def:events() ?>
	<section class="c-module" aria-labelledby="s-events" data-part="events">
		<?cs call:linked_strip("s-events", Lang.bus.events, "/events", Lang.bus.all_events) ?>
		<div class="c-module__body">
			<?cs if:?System.event.0.at ?>
				<ul class="c-events"><?cs each:e = System.event ?><?cs call:event(e) ?><?cs /each ?></ul>
			<?cs else ?>
				<p><?cs var:Lang.bus.no_events ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:seen() ?>
	<section class="c-module" aria-labelledby="s-seen" data-part="seen">
		<?cs call:linked_strip("s-seen", Lang.system.seen, "/events?from=people", Lang.bus.all_events) ?>
		<div class="c-module__body">
			<?cs if:?System.seen.0.at ?>
				<ul class="c-events">
					<?cs each:e = System.seen ?>
						<li>
							<span class="c-events__at"><?cs var:e.at ?></span>
							<span class="c-events__what c-events__what--<?cs var:e.severity ?>"><?cs if:e.who ?><?cs var:e.who ?>: <?cs /if ?><?cs var:e.says ?><?cs if:e.source ?> (<?cs var:e.source ?>)<?cs /if ?></span>
						</li>
					<?cs /each ?>
				</ul>
			<?cs else ?>
				<p><?cs var:Lang.bus.no_events ?></p>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:ways() ?>
	<section class="c-module" aria-labelledby="s-ways" data-part="ways">
		<?cs call:strip("s-ways", Lang.system.ways, "") ?>
		<div class="c-module__body">
			<dl class="c-pairs c-pairs--long">
				<?cs each:w = System.way ?>
					<div><dt><a href="<?cs var:w.path ?>"><?cs var:w.name ?></a></dt><dd<?cs if:#w.bad ?> class="u-alarm"<?cs /if ?>><?cs var:w.says ?></dd></div>
				<?cs /each ?>
			</dl>
		</div>
	</section>
<?cs /def ?>

<main class="l-page" id="main" data-renew="10">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.system.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.system.text ?></p>
		</div>
		<div class="c-tools">
			<a class="c-btn" href="/meters"><?cs var:Lang.menu.meters ?></a>
			<a class="c-btn" href="/bus"><?cs var:Lang.menu.bus ?></a>
			<?cs call:form_button("/system/backup", "primary", "download", Lang.system.backup_now) ?>
		</div>
	</div>
	<?cs call:form_done() ?>
	<div class="l-notices" role="status" data-part="alarms">
		<?cs each:a = System.alarm ?><?cs call:alarm(a) ?><?cs /each ?>
	</div>
	<div class="l-grid l-grid--1-1">
		<?cs call:box() ?>
		<div class="l-stack">
			<?cs call:space() ?>
			<?cs call:backups() ?>
		</div>
		<?cs call:people() ?>
		<?cs call:seen() ?>
		<?cs call:ways() ?>
		<?cs call:events() ?>
	</div>
</main>
