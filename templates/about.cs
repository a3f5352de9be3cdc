<?cs # About.version, Page.static ?><main class="l-page" id="main">
<div class="l-head"><div class="l-head__main"><h1><?cs var:Lang.about.title ?></h1><p class="l-head__sub"><?cs var:Lang.foot.product ?>, mews <?cs var:About.version ?></p></div></div>
<section class="c-module" aria-labelledby="a1">
<div class="c-module__strip"><h2 id="a1"><?cs var:Lang.about.licences ?></h2></div>
<div class="c-module__body c-module__body--flush"><table class="c-table"><thead><tr><th scope="col"><?cs var:Lang.about.part ?></th><th scope="col"><?cs var:Lang.about.licence ?></th></tr></thead><tbody>
<tr><th scope="row">mews</th><td>MIT</td></tr>
<tr><th scope="row">Barlow</th><td><a href="<?cs var:Page.static ?>/licences/barlow.txt">OFL-1.1</a></td></tr>
<tr><th scope="row">uPlot</th><td><a href="<?cs var:Page.static ?>/licences/uplot.txt">MIT</a></td></tr>
<tr><th scope="row">Lucide</th><td><a href="<?cs var:Page.static ?>/licences/lucide.txt">ISC</a></td></tr>
<tr><th scope="row">ClearSilver</th><td>Neotonic ClearSilver Software License 1.0</td></tr>
</tbody></table></div>
<div class="c-module__foot"><span><?cs var:Lang.about.clearsilver ?></span><span><?cs var:Lang.about.makers ?></span></div>
</section>
</main>
