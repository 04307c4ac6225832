import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';
const base='http://127.0.0.1:18744';
const authority=process.env.AUTH||'liaoning';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
const c=await b.newContext({locale:'zh-CN',baseURL:base,viewport:{width:1440,height:900}});
const p=await c.newPage();
p.on('pageerror',e=>console.log('PAGEERROR',e.message));
const H={'x-keshen':'1'};
export async function api(m,u,d){const r=await c.request.fetch(base+'/api'+u,{method:m,headers:H,...(d?{data:d}:{})});const t=await r.text();if(!r.ok())console.log(m,u,r.status(),t.slice(0,300));return t?JSON.parse(t):undefined}
await api('POST','/session',{login:'shenbao-'+authority,password:'keshen-yanlian'});
const {items:rounds}=await api('GET','/rounds');
const round=rounds.find(r=>r.mode==='rehearsal'&&r.callKey?.includes(authority)||JSON.stringify(r).includes(authority));
const ex=JSON.parse(readFileSync(`/work/main/calls/${round.callKey??round.key}/examples/${process.env.EX||'university'}.json`,'utf8'));
export async function fill(app=ex.application){const a=await api('POST','/applications',{roundId:round.id,notClassified:true});
 const d=await api('GET','/applications/'+a.id);
 for(const [s,data] of Object.entries(app)) await api('PUT',`/applications/${a.id}/sections/${s}`,{revision:d.sections[s]?.revision??0,data,saveId:crypto.randomUUID()});
 return a.id}
const shot=async n=>{await p.waitForTimeout(600);await p.screenshot({path:`/tmp/w4/${n}.png`,fullPage:true})};
const run=(await import(process.argv[2])).default;
await run({p,c,b,api,fill,ex,round,shot,base});
await b.close();
