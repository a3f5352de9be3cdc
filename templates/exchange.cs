<?cs #
	Page.again
?>
<?cs # What came of a job: cgi-bin/exchange.h sets what these draw. ?>

<?cs # attributes of main while a job goes on ?>
<?cs def:job_main() ?> id="main"<?cs if:#Page.again ?> data-renew="<?cs var:#Page.again ?>"<?cs /if ?><?cs /def ?>

<?cs # how far; name says of what ?>
<?cs def:job_progress(job, name) ?>
	<progress class="c-progress" max="<?cs var:job.total ?>" value="<?cs var:job.done ?>" aria-label="<?cs var:name ?>"></progress>
<?cs /def ?>

<?cs # the answer in one sentence, and what to do ?>
<?cs def:job_answer(job) ?>
	<div class="c-answer<?cs if:job.kind ?> c-answer--<?cs var:job.kind ?><?cs /if ?>" role="status">
		<?cs if:#job.running ?>
			<?cs call:icon("refresh-cw") ?>
		<?cs elif:job.kind == "alarm" ?>
			<?cs call:icon("octagon-alert") ?>
		<?cs elif:job.kind == "warn" ?>
			<?cs call:icon("triangle-alert") ?>
		<?cs else ?>
			<?cs call:icon("circle-check") ?>
		<?cs /if ?>
		<div>
			<p class="c-answer__says"><?cs var:job.answer ?></p>
			<?cs if:job.advice ?><p><?cs var:job.advice ?></p><?cs /if ?>
		</div>
	</div>
<?cs /def ?>

<?cs def:exchange_value(v) ?>
	<tr>
		<td class="u-num"><?cs var:v.address ?></td>
		<th scope="row"><?cs var:v.name ?></th>
		<td class="u-num">
			<?cs if:#v.missing ?>
				<span class="u-mute"><?cs var:Lang.test.missing ?></span>
			<?cs else ?>
				<b><?cs var:v.value.n ?></b> <span class="c-table__unit"><?cs var:v.value.u ?></span>
			<?cs /if ?>
		</td>
	</tr>
<?cs /def ?>

<?cs def:exchange_bytes(name, bytes) ?>
	<div>
		<dt><?cs var:name ?></dt>
		<dd><?cs if:bytes ?><code><?cs var:bytes ?></code><?cs else ?>–<?cs /if ?></dd>
	</div>
<?cs /def ?>

<?cs # one request: what was asked, the bytes, the values ?>
<?cs def:exchange(e) ?>
	<li class="c-exchange">
		<h3>
			<?cs var:e.asked ?>
			<span class="u-mute"><?cs var:Lang.test.printed ?> <?cs var:e.printed ?></span>
		</h3>
		<p><span class="c-state c-state--<?cs var:e.state ?>"><?cs var:e.says ?></span></p>
		<dl class="c-bytes">
			<?cs call:exchange_bytes(Lang.test.sent, e.sent) ?>
			<?cs call:exchange_bytes(Lang.test.got, e.got) ?>
		</dl>
		<?cs if:e.value.0.name ?>
			<table class="c-table c-table--values">
				<thead>
					<tr>
						<th scope="col" class="u-num"><?cs var:Lang.test.register ?></th>
						<th scope="col"><?cs var:Lang.test.quantity ?></th>
						<th scope="col" class="u-num"><?cs var:Lang.test.value ?></th>
					</tr>
				</thead>
				<tbody>
					<?cs each:v = e.value ?><?cs call:exchange_value(v) ?><?cs /each ?>
				</tbody>
			</table>
		<?cs /if ?>
	</li>
<?cs /def ?>

<?cs def:exchanges(job) ?>
	<ol class="c-exchanges">
		<?cs each:e = job.exchange ?><?cs call:exchange(e) ?><?cs /each ?>
	</ol>
<?cs /def ?>
