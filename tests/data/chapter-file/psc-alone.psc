<?xml version="1.0" encoding="utf-8"?>
<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
  <psc:chapter start="0" title="Nought"/>
  <psc:chapter start="01" title="One second" href="https://podlove.org/"/>
  <psc:chapter start="01:02" title="A minute &amp; two" href="javascript:no"/>
  <psc:chapter start="01:02:03.400" title="All parts" image="https://podlove.org/a.png"/>
  <psc:chapter start="npt:7200.5" title="Seconds alone"/>
  <psc:chapter start="later" title="No time"/>
</psc:chapters>
